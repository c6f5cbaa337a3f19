package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnNamesTest {

    private final OwnPorts ports = new OwnPorts();
    private final OwnNames names = new OwnNames(ports, Optional.of("pump7"));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,     192.0.2.7,       true",
        "192.0.2.8,     192.0.2.7,       false",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7, true",
        "[2001:db8::8], 2001:db8:0:0:0:0:0:7, false",
        "pump7,         192.0.2.7,       true",
        "pump7.local,   192.0.2.7,       true",
        "pump7.evil.example, 192.0.2.7,  false",
        "evil.example,  192.0.2.7,       false"
    })
    void areTheAddressThatTheClientHasComeToAndTheMachinesName(String name, String address, boolean expected)
            throws UnknownHostException {
        ports.follow(List.of(port("0.0.0.0", 443, true)));
        assertEquals(expected, names.include(name, address));
    }

    @Test
    void areNoneWhereOnlyThisMachineIsServed() throws UnknownHostException {
        ports.follow(List.of(port("127.0.0.1", 8080, false)));
        assertFalse(names.include("pump7", "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "https, pump7:443, https://pump7:8443, WELCOME",
        "https, pump7:443, http://pump7:8080,  STRANGE",
        "http,  pump7:8080, https://pump7:8443, WELCOME"
    })
    void arePagesOfOwnPortsButNotPlainOnesForThoseWithTls(
            String scheme, String host, String origin, EntryRules.Origin expected) throws UnknownHostException {
        ports.follow(List.of(port("0.0.0.0", 443, true), port("0.0.0.0", 8443, true), port("127.0.0.1", 8080, false)));
        EntryRules rules = new EntryRules("viewer", List.of(), List.of());
        assertEquals(expected, rules.origin(scheme, Optional.of(host), List.of(origin), ports));
    }

    private static OwnPorts.Open port(String host, int number, boolean tls) throws UnknownHostException {
        return new OwnPorts.Open(host, InetAddress.getByName(host), number, tls);
    }
}
