package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final SessionCommands commands = new SessionCommands(Clock.fixed(NOW, ZoneOffset.UTC));
    private final CloseCommand close = new CloseCommand();
    private final FakeSession session = FakeSession.plain();
    private final FakeSessions sessions = new FakeSessions(NOW.minusSeconds(30))
            .with("s1", "/live", true)
            .with("s2", "/tools/drill", false)
            .with("gone", "/tools", false);

    @BeforeEach
    void bind() {
        commands.bindSessions(sessions);
        close.bindSessions(sessions);
    }

    @Test
    void listsSessionsAndHandlers() throws Exception {
        assertEquals("""
                ID  PATH   TRANSPORT  USER  ADDRESS    AGE   QUEUED  BYTES  STATE
                s1  /live  websocket  anna  127.0.0.1  30 s       3    120  parked""", commands.sessions(session, "/live"));
        assertEquals("""
                PATH   SUBPROTOCOLS       RANK  SESSIONS  ERRORS  BUNDLE
                /echo  any                   5         0       0  io.fieldgate.handler.echo 1.0.0
                /live  fieldgate.live.v1     0         1       2  io.fieldgate.handler.live 1.0.0""", commands.handlers(session));
    }

    @Test
    void listsTheSessionsOfAPath() throws Exception {
        assertEquals(List.of("s1", "s2", "gone"), ids());
        assertEquals(List.of("gone"), ids("/tools"));
        assertEquals(List.of("s2"), ids("/tools/*"));
        assertEquals(List.of(), ids("/nobody"));
    }

    @Test
    void fitsTheTerminal() throws Exception {
        assertEquals("""
                ID    PATH       TRANSPO…  USER  ADDRESS   AGE   QUEUED  BYTES  STATE
                s1    /live      websock…  anna  127.0.0…  30 s       3    120  parked
                s2    /tools/d…  websock…  anna  127.0.0…  30 s       3    120  open
                gone  /tools     websock…  anna  127.0.0…  30 s       3    120  open""", commands.sessions(FakeSession.of(70, 24)));
    }

    @Test
    void closesSessionsAndSaysSo() throws Exception {
        assertEquals("""
                s1 closed: 1008 closed by an administrator
                s2 closed: 1008 closed by an administrator""", close.close(session, "s1", "s2", "s1"));
        assertEquals("s1 closed: 4000 bye now", close.close(session, "--code", "4000", "s1", "--reason", "bye now"));
        assertEquals("s1 closed: 1000", close.close(session, "--code", "1000", "s1", "--reason", ""));
        assertEquals("gone had ended by itself", close.close(session, "gone"));
        assertEquals(
                List.of(
                        "s1 1008 closed by an administrator",
                        "s2 1008 closed by an administrator",
                        "s1 4000 bye now",
                        "s1 1000",
                        "gone 1008 closed by an administrator"),
                sessions.closed);
    }

    @Test
    void closesNoneIfOneIsUnknown() {
        assertEquals(
                "fg:close: there is no session \"s9\", so none was closed; fg:sessions lists them",
                failure("s1", "s9"));
        assertEquals(List.of(), sessions.closed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "1004", "1005", "1006", "1015", "2999", "5000", "x", "-1", "99999999999"})
    void refusesACodeThatCannotBeSent(String code) {
        assertEquals(
                "fg:close: a close code is 1000 to 1003, 1007 to 1014 or 3000 to 4999, got \"" + code + '"',
                failure("--code", code, "s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1003", "1007", "1014", "3000", "4999"})
    void takesTheOthers(String code) throws Exception {
        assertEquals("s1 closed: " + code + " x", close.close(session, "--code", code, "--reason", "x", "s1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sessions | live | fg:sessions: a path begins with a slash, such as /live or /tools/*, got \"live\"",
                "sessions | /a /b | fg:sessions: \"/b\" is one argument too many. Usage: fg:sessions [PATH]",
                "handlers | x | fg:handlers: it takes no arguments, got \"x\". Usage: fg:handlers",
            })
    void refusesWhatIsWrong(String command, String given, String line) {
        String[] words = given.split(" ");
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> {
                            if (command.equals("sessions")) {
                                commands.sessions(session, words);
                            } else {
                                commands.handlers(session, words);
                            }
                        })
                        .getMessage());
    }

    @Test
    void refusesAReasonThatIsTooLong() {
        assertEquals(
                "fg:close: a close reason has at most 123 bytes of UTF-8, got 124",
                failure("--reason", "x".repeat(124), "s1"));
        assertEquals(
                "fg:close: one SESSION or more is needed. Usage: fg:close [--code N] [--reason TEXT] SESSION…",
                failure());
    }

    private List<String> ids(String... path) throws Exception {
        return commands.sessions(session, path)
                .lines()
                .skip(1)
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    private String failure(String... given) {
        return assertThrows(IllegalArgumentException.class, () -> close.close(session, given))
                .getMessage();
    }
}
