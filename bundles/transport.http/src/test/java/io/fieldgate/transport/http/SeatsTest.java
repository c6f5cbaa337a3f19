package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private static final Map<String, Object> TWO_OF_AN_ADDRESS = Map.of("address_connections_max", 2);

    @Test
    void haveRoomForAsManyOfOneAddressAsConfigured() throws IOException {
        Seats seats = new Seats(GivenLimits.of(TWO_OF_AN_ADDRESS), Integer.MAX_VALUE);
        Channel first = new Connected();
        assertTrue(seats.take(first, at("192.0.2.1")));
        assertTrue(seats.take(new Connected(), at("192.0.2.1")));
        assertFalse(seats.take(new Connected(), at("192.0.2.1")));
        assertTrue(seats.take(new Connected(), at("192.0.2.2")));
        seats.leave(first);
        seats.leave(first);
        assertTrue(seats.take(new Connected(), at("192.0.2.1")));
        assertFalse(seats.take(new Connected(), at("192.0.2.1")));
        assertEquals(3, seats.count());
    }

    @Test
    void countANetworkOfIpv6AsOneAddress() throws IOException {
        Seats seats = new Seats(GivenLimits.of(TWO_OF_AN_ADDRESS), Integer.MAX_VALUE);
        assertTrue(seats.take(new Connected(), at("2001:db8::1")));
        assertTrue(seats.take(new Connected(), at("2001:db8::2")));
        assertFalse(seats.take(new Connected(), at("2001:db8::3")));
        assertTrue(seats.take(new Connected(), at("2001:db8:0:1::1")));
    }

    @Test
    void doNotCountThisMachineOrProxies() throws IOException {
        Seats seats = new Seats(GivenLimits.of(TWO_OF_AN_ADDRESS), Integer.MAX_VALUE);
        SocketAddress proxy = at("192.0.2.9");
        seats.except(proxy::equals);
        for (int i = 0; i < 5; i++) {
            assertTrue(seats.take(new Connected(), at("127.0.0.1")));
            assertTrue(seats.take(new Connected(), at("::1")));
            assertTrue(seats.take(new Connected(), proxy));
        }
    }

    @Test
    void areNoMoreThanTheSystemHasDescriptors() throws IOException {
        Seats seats = new Seats(GivenLimits.of(Map.of()), 1);
        assertTrue(seats.take(new Connected(), at("127.0.0.1")));
        assertFalse(seats.take(new Connected(), at("127.0.0.1")));
    }

    private static SocketAddress at(String address) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), 1234);
    }

    private static final class Connected implements Channel {

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // there is nothing behind it
        }
    }
}
