package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1, 8080, http://127.0.0.1:8080/",
        "LocalHost:0,    localhost, 0,    http://localhost:0/",
        "[::1]:9000,     ::1,       9000, http://[::1]:9000/"
    })
    void readsHostAndPort(String text, String host, int port, String url) {
        Address address = Address.of("fieldgate.http", text);
        assertEquals(new Address(host, port), address);
        assertEquals(url, address.url("http", port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":8080", "::1:8080", "localhost:", "localhost:http", "localhost"})
    void namesWhatIsNoAddress(String text) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> Address.of("fieldgate.http", text));
        assertEquals("fieldgate.http must be HOST:PORT, is \"" + text + '"', wrong.getMessage());
    }

    @Test
    void namesAPortThatIsNone() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new Address("localhost", 65_536));
        assertEquals("port must be 0 to 65535, is 65536", wrong.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.8.8.8, true",
        "::1, true",
        "localhost, true",
        "0.0.0.0, false",
        "::, false",
        "192.0.2.7, false"
    })
    void knowsLoopback(String host, boolean loopback) {
        assertEquals(loopback, new Address(host, 0).isLoopback());
    }
}
