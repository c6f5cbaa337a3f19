package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class CommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeSession session = FakeSession.plain();

    @Test
    void listsBundlesAndFilesThatFailed() throws Exception {
        BundleCommands commands = new BundleCommands();
        commands.bindInstaller(new FakeInstaller());

        assertEquals("""
                ID  STATE      ORIGIN    BUNDLE  VERSION  FILE
                12  running    deployed  pump    1.1.0    pump.jar
                 3  replaced   shipped   pump    1.0.0
                14  probation  updated   valve   2.0.0
                deploy/bad.jar is not used: it has no manifest""", commands.bundles(session));
    }

    @Test
    void namesTheBundleThatIsMissing() {
        String core = "the bundle io.fieldgate.core is not active";
        assertEquals(core, failureOf(() -> new PointCommands(CLOCK).points(session)));
        assertEquals(core, failureOf(() -> new AccessCommands(CLOCK, LIMIT).read(session, "sim/tank/level")));
        assertEquals(core, failureOf(() -> new AccessCommands(CLOCK, LIMIT).write(session, "sim/tank/level", "1")));
        assertEquals(core, failureOf(() -> new WatchCommand(CLOCK, time -> {}).watch(session)));
        assertEquals(core, failureOf(() -> new DeviceCommands().devices(session)));
        assertEquals(core, failureOf(() -> new SessionCommands(CLOCK).sessions(session)));
        assertEquals(core, failureOf(() -> new SessionCommands(CLOCK).handlers(session)));
        assertEquals(core, failureOf(() -> new CloseCommand().close(session, "s1")));
        assertEquals(
                "the bundle io.fieldgate.installer is not active",
                failureOf(() -> new BundleCommands().bundles(session)));
        assertEquals(
                "the bundle io.fieldgate.installer is not active",
                failureOf(() -> new UpdateHistoryCommand().history(session)));
    }

    @Test
    void saysWhichComponentsDoNotWorkButNotWhichOnlyLackAConfiguration() {
        String trace =
                "java.lang.reflect.InvocationTargetException\n\tat x\nCaused by: java.io.IOException: no bus\n\tat y";
        assertEquals(
                List.of("broken failed: java.io.IOException: no bus", "lonely misses points, clock"),
                Components.unsatisfied(new FakeComponents()
                        .with("lonely", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, null, "points", "clock")
                        .with("broken", ComponentConfigurationDTO.FAILED_ACTIVATION, trace)
                        .with("waiting", ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION, null)
                        .with("well", ComponentConfigurationDTO.ACTIVE, null)));
    }

    @Test
    void keepsTheSuccessorOfAServiceThatGoes() throws Exception {
        BundleCommands commands = new BundleCommands();
        FakeInstaller old = new FakeInstaller();
        commands.bindInstaller(old);
        commands.bindInstaller(new FakeInstaller());
        commands.unbindInstaller(old);

        assertTrue(commands.bundles(session).contains("pump.jar"));
    }

    private static String failureOf(Executable command) {
        return assertThrows(IllegalStateException.class, command).getMessage();
    }
}
