package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nanos = Long.MAX_VALUE - 5;
    private final Rates rates = new Rates(limits(false), () -> nanos);

    @Test
    void letsTwiceAsManyPassAtOnceAndThenSoManyPerSecond() {
        assertEquals(20, passed(at("10.0.0.1"), 100));
        nanos += SECOND;
        assertEquals(10, passed(at("10.0.0.1"), 100));
        nanos += 50 * SECOND;
        assertEquals(20, passed(at("10.0.0.1"), 100));
    }

    @Test
    void tellsWhenTheNextOneMayCome() {
        passed(at("10.0.0.1"), 20);
        assertEquals(SECOND / 10, rates.owed(at("10.0.0.1"), false));
        nanos += SECOND / 10;
        assertEquals(0, rates.owed(at("10.0.0.1"), false));
    }

    @Test
    void countsHandshakesForThemselvesToo() {
        int count = 0;
        while (rates.owed(at("10.0.0.1"), true) == 0) {
            count++;
        }
        assertEquals(4, count);
        assertEquals(0, rates.owed(at("10.0.0.1"), false));
    }

    @Test
    void holdsNobodyToTheRateOfAnother() {
        passed(at("10.0.0.1"), 100);
        assertEquals(20, passed(at("10.0.0.2"), 100));
    }

    @Test
    void takesAddressesOfOneNetworkForOneClient() {
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            count += passed(at("2001:db8:0:1:" + Integer.toHexString(i) + "::1"), 1);
        }
        assertEquals(20, count);
        assertEquals(1, passed(at("2001:db8:0:2::1"), 1));
    }

    @Test
    void letsThisMachineBeUnlessToldOtherwise() {
        assertEquals(100, passed(at("127.0.0.1"), 100));
        assertEquals(100, passed(at("::1"), 100));
        Rates strict = new Rates(limits(true), () -> nanos);
        for (int i = 0; i < 20; i++) {
            assertEquals(0, strict.owed(at("127.0.0.1"), false));
        }
        assertTrue(strict.owed(at("127.0.0.1"), false) > 0);
        assertEquals(0, strict.owed(at("127.0.0.2"), false));
    }

    @Test
    void takesAllForOneWhomAProxyDoesNotKnow() {
        assertEquals(20, passed(InetSocketAddress.createUnresolved("unknown", 0), 100));
    }

    @Test
    void keepsWhoAsksMostHoweverManyOthersCome() {
        passed(at("10.0.0.1"), 20);
        for (int i = 0; i < 100_000; i++) {
            passed(at("2001:db8:" + Integer.toHexString(i >> 16) + ':' + Integer.toHexString(i & 0xFFFF) + "::1"), 1);
        }
        assertEquals(0, passed(at("10.0.0.1"), 1));
    }

    private int passed(SocketAddress from, int times) {
        int count = 0;
        for (int i = 0; i < times; i++) {
            count += rates.owed(from, false) == 0 ? 1 : 0;
        }
        return count;
    }

    private static InetSocketAddress at(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 40_000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Limits limits(boolean loopbackToo) {
        return GivenLimits.of(
                Map.of("address_requests_per_s", 10, "address_handshakes_per_s", 2, "loopback_limits", loopbackToo));
    }
}
