package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.ConfigurationTrial;
import io.fieldgate.api.gateway.Configurations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConfigCommandTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Path ETC = Path.of("/home/etc");

    private final ConfigCommand command = new ConfigCommand(ETC, Clock.fixed(NOW, ZoneOffset.UTC));
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final FakeAudit audit = new FakeAudit();
    private final FakeSession session = FakeSession.plain();

    @Test
    void listsFilesWithWhatIsWrongAndWhatWaits() throws Exception {
        command.bindConfigurations(configurations);

        assertEquals("""
                FILE  STATE        DETAIL
                a.cfg  applied
                b.cfg  unconfirmed  taken back in 42 s unless confirmed
                c.cfg  refused      port is 0 to 65535, got 70000; so is that""".replace("FILE  STATE ", "FILE   STATE "), command.config(session, "list"));
    }

    @Test
    void checksAFileThatLiesInEtcUnlessItSaysOtherwise() throws Exception {
        command.bindConfigurations(configurations);

        assertEquals("good.cfg could be applied", command.config(session, "check", "good.cfg"));
        assertEquals(
                "fg:config: /tmp/bad.cfg: no such key",
                failureOf(() -> command.config(session, "check", "/tmp/bad.cfg")));
        assertEquals(
                "fg:config: c.cfg: port is 0 to 65535, got 70000; so is that",
                failureOf(() -> command.config(session, "check")));
        assertEquals(List.of(ETC.resolve("good.cfg"), Path.of("/tmp/bad.cfg")), configurations.checked);
    }

    @Test
    void confirmsAndSaysSoInTheAuditLog() throws Exception {
        command.bindConfigurations(configurations);
        command.bindAudit(audit);

        assertEquals("kept: b.cfg", command.config(session, "confirm"));
        assertEquals("nothing waits to be confirmed", command.config(session, "confirm"));
        assertEquals(List.of("shell||config confirm||DONE", "shell||config confirm||DONE"), audit.lines);
    }

    @Test
    void namesTheBundleThatIsMissing() {
        assertEquals("the bundle io.fieldgate.config is not active", failureOf(() -> command.config(session, "list")));
    }

    private static String failureOf(Executable executable) {
        return assertThrows(Exception.class, executable).getMessage();
    }

    private static final class FakeConfigurations implements Configurations {

        private final List<Path> checked = new ArrayList<>();
        private final List<String> waiting = new ArrayList<>(List.of("b.cfg"));

        private record Known(String name, State state, List<String> problems, Optional<Instant> revertsAt)
                implements ConfigurationFile {}

        @Override
        public List<ConfigurationFile> files() {
            return List.of(
                    new Known("a.cfg", ConfigurationFile.State.APPLIED, List.of(), Optional.empty()),
                    new Known(
                            "b.cfg", ConfigurationFile.State.UNCONFIRMED, List.of(), Optional.of(NOW.plusSeconds(42))),
                    new Known(
                            "c.cfg",
                            ConfigurationFile.State.REFUSED,
                            List.of("port is 0 to 65535, got 70000", "so is that"),
                            Optional.empty()));
        }

        @Override
        public List<String> check(Path file) {
            checked.add(file);
            return file.endsWith("good.cfg") ? List.of() : List.of("no such key");
        }

        @Override
        public ConfigurationTrial tryOut(Path file) {
            throw new AssertionError("nobody has asked for a trial");
        }

        @Override
        public List<String> confirm() {
            List<String> kept = List.copyOf(waiting);
            waiting.clear();
            return kept;
        }
    }
}
