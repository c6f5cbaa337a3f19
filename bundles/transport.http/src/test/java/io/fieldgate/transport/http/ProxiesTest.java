package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private final Proxies proxies = new Proxies(List.of("10.0.0.0/8", "192.0.2.1", " 2001:db8::/33 "));

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, true",
        "10.255.255.255, true",
        "11.0.0.0, false",
        "192.0.2.1, true",
        "192.0.2.2, false",
        "2001:db8:7fff::1, true",
        "2001:db8:8000::1, false",
        "::ffff:10.1.2.3, true",
        "127.0.0.1, false"
    })
    void trustsWhomItIsToldTo(String address, boolean trusted) {
        assertEquals(trusted, proxies.trust(new InetSocketAddress(address, 1)));
    }

    @Test
    void trustsAClientOfAUnixSocketOnlyIfToldTo() {
        InetSocketAddress client = InetSocketAddress.createUnresolved("unix", 1);
        assertFalse(proxies.trust(client));
        assertTrue(new Proxies(List.of("unix")).trust(client));
        assertFalse(new Proxies(List.of("unix")).trust(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        assertTrue(new Proxies(List.of("0.0.0.0/0")).trust(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        assertFalse(Proxies.NONE.areThere());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0",
                "010.0.0.1",
                "::/129",
                ":::",
                "*",
                "[::1]"
            })
    void namesTheKeyAndTheValueThatIsWrong(String value) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new Proxies(List.of(value)));
        assertEquals(
                "proxies must be unix, an address, or addresses like 10.0.0.0/8, is \"" + value + '"',
                wrong.getMessage());
    }

    /** The last element is that of the proxy that is connected; lines are separated by a bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "for=198.51.100.7                                       ; 198.51.100.7:0",
                "For=198.51.100.7                                       ; 198.51.100.7:0",
                "for=\"198.51.100.7:4711\"                              ; 198.51.100.7:4711",
                "for=198.51.100.7:4711                                  ; 198.51.100.7:4711",
                "for=\"198.51.100.7:_port\"                             ; 198.51.100.7:0",
                "for=\"[2001:db9::7]\"                                  ; 2001:db9:0:0:0:0:0:7:0",
                "for=\"[2001:db9::7]:4711\"                             ; 2001:db9:0:0:0:0:0:7:4711",
                "for=\"[::ffff:198.51.100.7]\"                          ; 198.51.100.7:0",
                "for=127.0.0.1, for=198.51.100.7                        ; 198.51.100.7:0",
                "for=127.0.0.1 | for=198.51.100.7                       ; 198.51.100.7:0",
                "for=198.51.100.7, for=10.1.1.1                         ; 198.51.100.7:0",
                "for=1.1.1.1, for=198.51.100.7, for=10.1.1.1, for=10.2.2.2 ; 198.51.100.7:0",
                "for=10.1.1.1                                           ; 10.1.1.1:0",
                "for=unknown                                            ; ''",
                "for=_hidden                                            ; ''",
                "for=198.51.100.7, for=_hidden                          ; ''",
                "by=10.1.1.1                                            ; ''",
                "for=198.51.100.7, by=10.1.1.1                          ; ''",
                "for=\"198.51.100.\\7\"                                 ; 198.51.100.7:0",
            })
    void readsTheStandardHeader(String lines, String client) {
        HttpFields.Mutable headers = HttpFields.build();
        Arrays.stream(lines.split("\\|", -1)).forEach(line -> headers.add(HttpHeader.FORWARDED, line.strip()));
        assertEquals("''".equals(client) ? "" : client, text(proxies.told(headers)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for",
                "for=",
                "for=\"",
                "for=\"198.51.100.7",
                "for=198.51.100.7;",
                "for=198.51.100.7,",
                "for=198.51.100.7;for=198.51.100.8",
                "for=\"a\"b",
                "for=evil.example",
                "for=2001:db9::7",
                "for=\"[198.51.100.7]\"",
                "for=\"[2001:db9::7\"",
                "for=198.51.100.256",
                "for=\"198.51.100.7:65536\"",
                "for=198.51.100.7;proto=ftp",
                "for=198.51.100.7;host=\"a/b\"",
                "for=198.51.100.7;host=\"a@b\"",
                "for=198.51.100.7;host=\"a b\"",
                "for=198.51.100.7 for=198.51.100.8",
                "for=198.51.100.7;x=\", for=10.1.1.1;by=\"y\""
            })
    void doesNotGuessWhatCannotBeRead(String line) {
        HttpFields headers = HttpFields.build().add(HttpHeader.FORWARDED, line);
        assertThrows(IllegalArgumentException.class, () -> proxies.told(headers));
    }

    @Test
    void takesSchemeAndHostFromWhoeverHasSeenTheClient() {
        Forwarded told = proxies.told(HttpFields.build()
                .add(
                        HttpHeader.FORWARDED,
                        "for=1.1.1.1;proto=http;host=evil.example, for=198.51.100.7;proto=HTTPS;host=\"gate.example:8443\","
                                + " for=10.1.1.1;proto=http;host=inner"));
        assertEquals(Optional.of("https"), told.scheme());
        assertEquals(Optional.of("gate.example:8443"), told.host());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "198.51.100.7                       ; 198.51.100.7:0",
                "198.51.100.7:4711                  ; 198.51.100.7:4711",
                "2001:db9::7                        ; 2001:db9:0:0:0:0:0:7:0",
                "[2001:db9::7]:4711                 ; 2001:db9:0:0:0:0:0:7:4711",
                "127.0.0.1, 198.51.100.7            ; 198.51.100.7:0",
                "any garbage, 198.51.100.7          ; 198.51.100.7:0",
                "127.0.0.1 | 198.51.100.7           ; 198.51.100.7:0",
                "198.51.100.7, 10.1.1.1, 10.2.2.2   ; 198.51.100.7:0",
                "unknown                            ; ''",
            })
    void readsTheCustomaryHeader(String lines, String client) {
        HttpFields.Mutable headers = HttpFields.build();
        Arrays.stream(lines.split("\\|", -1)).forEach(line -> headers.add(HttpHeader.X_FORWARDED_FOR, line.strip()));
        assertEquals(client, text(proxies.told(headers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "198.51.100.7, garbage", "198.51.100.7,", "1.2.3"})
    void doesNotGuessTheCustomaryHeaderEither(String line) {
        HttpFields headers = HttpFields.build().add(HttpHeader.X_FORWARDED_FOR, line);
        assertThrows(IllegalArgumentException.class, () -> proxies.told(headers));
    }

    @Test
    void takesTheLastSchemeAndHostOfTheCustomaryHeaders() {
        Forwarded told = proxies.told(HttpFields.build()
                .add(HttpHeader.X_FORWARDED_FOR, "198.51.100.7")
                .add(HttpHeader.X_FORWARDED_PROTO, "http, https")
                .add(HttpHeader.X_FORWARDED_HOST, "evil.example")
                .add(HttpHeader.X_FORWARDED_HOST, "gate.example"));
        assertEquals(Optional.of("https"), told.scheme());
        assertEquals(Optional.of("gate.example"), told.host());
    }

    /** A proxy that sets the one hands on what a client says in the other. */
    @Test
    void believesNeitherHeaderIfTheyTellOfTwoClients() {
        HttpFields.Mutable headers = HttpFields.build()
                .add(HttpHeader.FORWARDED, "for=203.0.113.1")
                .add(HttpHeader.X_FORWARDED_FOR, "198.51.100.7");
        assertThrows(IllegalArgumentException.class, () -> proxies.told(headers));
        headers.put(HttpHeader.FORWARDED, "for=198.51.100.7");
        assertEquals("198.51.100.7:0", text(proxies.told(headers)));
    }

    @Test
    void knowsNothingIfNothingIsTold() {
        assertEquals("", text(proxies.told(HttpFields.EMPTY)));
    }

    private static String text(Forwarded told) {
        return told.client()
                .map(client -> client.getAddress().getHostAddress() + ':' + client.getPort())
                .orElse("");
    }
}
