package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class CommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void listsPointsByName() {
        PointId level = DeviceId.of("sim/tank").point("level");
        PointId load = DeviceId.of("linux/cpu").point("load");
        PointCommands commands = new PointCommands(CLOCK);
        commands.bindPoints(new FakePoints()
                .with(
                        PointInfo.builder(level, ValueType.DECIMAL).unit("m").build(),
                        new Sample(Reading.good(level, Value.of(1.5)), NOW.minusSeconds(2), 1))
                .with(
                        PointInfo.builder(load, ValueType.DECIMAL).build(),
                        new Sample(Reading.bad(load, Quality.Code.TIMEOUT), NOW.minusSeconds(61), 2)));

        assertEquals("""
                POINT           VALUE  UNIT  QUALITY        AGE
                linux/cpu/load  -      1     bad (timeout)  1 min 1 s
                sim/tank/level  1.5    m     good           2 s""", commands.points());
        assertEquals(2, commands.points("sim/**").lines().count());
        assertThrows(IllegalArgumentException.class, () -> commands.points("sim"));
    }

    @Test
    void listsSessionsAndHandlers() {
        SessionCommands commands = new SessionCommands(CLOCK);
        commands.bindSessions(new FakeSessions());

        assertEquals("""
                ID  PATH   TRANSPORT  USER  ADDRESS    AGE   QUEUED  BYTES  STATE
                s1  /live  websocket  anna  127.0.0.1  30 s       3    120  parked""", commands.sessions());
        assertEquals("""
                PATH   SUBPROTOCOLS       RANK  SESSIONS  ERRORS  BUNDLE
                /echo  any                   5         0       0  io.fieldgate.handler.echo 1.0.0
                /live  fieldgate.live.v1     0         1       2  io.fieldgate.handler.live 1.0.0""", commands.handlers());
    }

    @Test
    void listsBundlesAndFilesThatFailed() {
        BundleCommands commands = new BundleCommands();
        commands.bindInstaller(new FakeInstaller());

        assertEquals("""
                ID  STATE     ORIGIN    BUNDLE  VERSION  FILE
                12  running   deployed  pump    1.1.0    pump.jar
                 3  replaced  shipped   pump    1.0.0
                deploy/bad.jar is not used: it has no manifest""", commands.bundles());
    }

    @Test
    void namesTheBundleThatIsMissing() {
        assertEquals("the bundle io.fieldgate.core is not active", failureOf(new PointCommands(CLOCK)::points));
        assertEquals("the bundle io.fieldgate.core is not active", failureOf(new SessionCommands(CLOCK)::sessions));
        assertEquals("the bundle io.fieldgate.core is not active", failureOf(new SessionCommands(CLOCK)::handlers));
        assertEquals("the bundle io.fieldgate.installer is not active", failureOf(new BundleCommands()::bundles));
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
    void keepsTheSuccessorOfAServiceThatGoes() {
        BundleCommands commands = new BundleCommands();
        FakeInstaller old = new FakeInstaller();
        commands.bindInstaller(old);
        commands.bindInstaller(new FakeInstaller());
        commands.unbindInstaller(old);

        assertTrue(commands.bundles().contains("pump.jar"));
    }

    private static String failureOf(Runnable command) {
        return assertThrows(IllegalStateException.class, command::run).getMessage();
    }

    private static final class FakeSessions implements Sessions {

        private record Session(
                String id,
                SocketRequest request,
                Instant openedAt,
                boolean parked,
                int queuedMessages,
                long queuedBytes)
                implements SessionInfo {}

        private record Handler(
                String path, List<String> subprotocols, String bundle, int ranking, int sessions, long errors)
                implements HandlerInfo {}

        @Override
        public List<SessionInfo> sessions() {
            SocketRequest request = SocketRequest.builder("/live")
                    .transport("websocket")
                    .remoteAddress("127.0.0.1")
                    .user(new User("anna", Role.VIEWER))
                    .build();
            return List.of(new Session("s1", request, NOW.minusSeconds(30), true, 3, 120));
        }

        @Override
        public List<HandlerInfo> handlers() {
            return List.of(
                    new Handler("/echo", List.of(), "io.fieldgate.handler.echo 1.0.0", 5, 0, 0),
                    new Handler("/live", List.of("fieldgate.live.v1"), "io.fieldgate.handler.live 1.0.0", 0, 1, 2));
        }

        @Override
        public boolean close(String id, CloseReason reason) {
            return false;
        }
    }

    private static final class FakeInstaller implements Installer {

        private record Installed(
                long id, String symbolicName, String version, Origin origin, State state, Optional<String> file)
                implements InstalledBundle {}

        private record Failed(String file, String reason, Instant since) implements FailedFile {}

        @Override
        public List<InstalledBundle> bundles() {
            return List.of(
                    new Installed(
                            12,
                            "pump",
                            "1.1.0",
                            InstalledBundle.Origin.DEPLOYED,
                            InstalledBundle.State.RUNNING,
                            Optional.of("pump.jar")),
                    new Installed(
                            3,
                            "pump",
                            "1.0.0",
                            InstalledBundle.Origin.SHIPPED,
                            InstalledBundle.State.REPLACED,
                            Optional.empty()));
        }

        @Override
        public List<FailedFile> failures() {
            return List.of(new Failed("bad.jar", "it has no manifest", NOW));
        }
    }
}
