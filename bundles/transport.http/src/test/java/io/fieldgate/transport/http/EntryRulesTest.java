package io.fieldgate.transport.http;

import static io.fieldgate.transport.http.EntryRules.Origin.STRANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRulesTest {

    private static final String HERE = "127.0.0.1:8080";

    private final EntryRules rules = new EntryRules(
            "viewer", List.of("https://Panel.example:443", "http://panel.example:8000"), List.of("gate.local"));

    private final OwnPorts ports = new OwnPorts();

    @Test
    void letsInAProgram() {
        assertEquals(0, status("http", HERE));
        assertEquals(Optional.empty(), rules.refusal(Optional.empty()), "HTTP/1.0 has no Host");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "localhost,      http://localhost",
        "localhost:80,   http://localhost",
        "localhost,      http://LOCALHOST:80",
        "[::1]:8080,     http://[::1]:8080",
        "127.0.0.1:8080, https://panel.example",
        "127.0.0.1:8080, https://panel.example:443",
        "127.0.0.1:8080, http://panel.example:8000"
    })
    void letsInItsOwnPagesAndThoseOfAllowedOrigins(String host, String origin) {
        assertEquals(0, status("http", host, origin));
    }

    /** The gateway has 127.0.0.1:8080, 127.0.0.1:8081 and [::1]:8082. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8081, http://127.0.0.1:8080, WELCOME",
        "127.0.0.1:8080, http://127.0.0.1:8081, WELCOME",
        "127.0.0.1:8081, http://127.0.0.1:8081, SAME",
        "localhost:8081, http://localhost:8080, WELCOME",
        "localhost:8081, http://LOCALHOST:8082, WELCOME",
        "gate.local:8081, http://gate.local:8080, WELCOME",
        "gate.local,     http://gate.local:8080, WELCOME",
        "[::1]:8082,     http://[::1]:8082,     SAME",
        "[::1]:8082,     http://[::1]:8080,     STRANGE",
        "127.0.0.1:8081, http://127.0.0.1:8082, STRANGE",
        "127.0.0.1:8081, http://127.0.0.2:8080, STRANGE",
        "127.0.0.2:8081, http://127.0.0.2:8080, STRANGE",
        "127.0.0.1:8081, http://localhost:8080, STRANGE",
        "127.0.0.1:8081, http://127.0.0.1,      STRANGE",
        "127.0.0.1:8081, https://127.0.0.1:8080, STRANGE",
        "localhost:8081, http://evil.example:8080, STRANGE"
    })
    void letsInPagesOfItsOtherPortsUnderTheSameName(String host, String origin, EntryRules.Origin expected)
            throws UnknownHostException {
        ports.follow(List.of(address("127.0.0.1", 8080), address("127.0.0.1", 8081), address("::1", 8082)));
        assertEquals(expected, rules.origin("http", Optional.of(host), List.of(origin), ports));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, http://evil.example",
        "127.0.0.1:8080, null",
        "127.0.0.1:8080, http://127.0.0.1:8081",
        "127.0.0.1:8080, https://127.0.0.1:8080",
        "127.0.0.1:8080, http://localhost:8080",
        "127.0.0.1:8080, http://panel.example",
        "127.0.0.1:8080, https://panel.example.evil.example",
        "127.0.0.1:8080, ''"
    })
    void keepsOutPagesOfOthers(String host, String origin) {
        assertEquals(403, status("http", host, origin));
    }

    @Test
    void keepsOutTwoOriginsAtOnce() {
        assertEquals(403, status("http", HERE, "http://" + HERE, "http://" + HERE));
        assertEquals(STRANGE, rules.origin("http", Optional.empty(), List.of("http://" + HERE), ports));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:1",
                "127.0.0.1",
                "127.1.2.3:9",
                "[::1]",
                "[::1]:8080",
                "gate.local",
                "Gate.Local:8080"
            })
    void knowsItsNames(String host) {
        assertEquals(0, status("http", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.0.2.7",
                "[::2]",
                "",
                "x@localhost"
            })
    void doesNotGoByOtherNames(String host) {
        assertEquals(421, status("http", host), "a name that was made to point here");
    }

    @Test
    void givesAnonymousUsersTheirRole() {
        assertEquals(Optional.of(new User(User.ANONYMOUS, Role.VIEWER)), rules.anonymous());
        assertEquals(
                Optional.of(new User(User.ANONYMOUS, Role.ADMIN)),
                new EntryRules("admin", List.of(), List.of()).anonymous());
        assertEquals(Optional.empty(), new EntryRules("none", List.of(), List.of()).anonymous());
    }

    @Test
    void namesTheKeyAndTheValueThatAreWrong() {
        assertMessage(
                "loopback.role must be viewer, operator, admin or none, is \"root\"", "root", List.of(), List.of());
        assertMessage(
                "origins.allowed must be like https://panel.example:8443, is \"*\"", "viewer", List.of("*"), List.of());
        assertMessage(
                "origins.allowed must be like https://panel.example:8443, is \"https://panel.example/\"",
                "viewer",
                List.of("https://panel.example/"),
                List.of());
        assertMessage(
                "hosts.allowed must be a host name or address without a port, is \"gate:80\"",
                "viewer",
                List.of(),
                List.of("gate:80"));
    }

    private static void assertMessage(String message, String role, List<String> origins, List<String> hosts) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new EntryRules(role, origins, hosts));
        assertEquals(message, wrong.getMessage());
    }

    private static OwnPorts.Open address(String host, int port) throws UnknownHostException {
        return new OwnPorts.Open(host, InetAddress.getByName(host), port, false);
    }

    /** The status of the refusal, or 0. */
    private int status(String scheme, String host, String... origins) {
        Optional<Problem> misdirected = rules.refusal(Optional.of(host));
        if (misdirected.isPresent()) {
            return misdirected.get().status();
        }
        return rules.origin(scheme, Optional.of(host), List.of(origins), ports) == STRANGE ? 403 : 0;
    }
}
