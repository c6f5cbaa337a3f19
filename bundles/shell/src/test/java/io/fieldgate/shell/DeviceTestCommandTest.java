package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.ConfigurationTrial;
import io.fieldgate.api.gateway.Configurations;
import io.fieldgate.api.gateway.DriverInfo.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTestCommandTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final PointId LEVEL = PointId.of("trial-boiler/tank/level");

    private final DeviceTestCommand command =
            new DeviceTestCommand(Path.of("/home/etc"), time -> {}, Clock.fixed(NOW, ZoneOffset.UTC));
    private final FakeConfigurations configurations = new FakeConfigurations();
    private final FakeAudit audit = new FakeAudit();
    private final FakeSession session = FakeSession.plain();

    private String test(FakePoints points) throws Exception {
        command.bindConfigurations(configurations);
        command.bindPoints(points);
        command.bindAudit(audit);
        return String.valueOf(command.execute(session, List.of("boiler.cfg")));
    }

    private static FakePoints points(State state, String detail, Reading reading) {
        PointInfo info = PointInfo.builder(LEVEL, ValueType.DECIMAL).unit("m").build();
        return new FakePoints()
                .with("trial-boiler", state, detail)
                .with(DeviceInfo.builder(DeviceId.of("trial-boiler/tank"))
                        .point(info)
                        .build())
                .with(info, new Sample(reading, NOW, 1));
    }

    private String failureOf(FakePoints points) {
        return assertThrows(Exception.class, () -> test(points)).getMessage();
    }

    @Test
    void showsWhatThePointsSayAndTakesAllAway() throws Exception {
        String answer = test(points(State.RUNNING, "", Reading.good(LEVEL, Value.of(1.5))));

        assertTrue(answer.contains("trial-boiler/tank/level"), answer);
        assertTrue(answer.endsWith("boiler.cfg could be applied; nothing of it is kept"), answer);
        assertEquals(List.of(Path.of("/home/etc/boiler.cfg")), configurations.tried);
        assertEquals(1, configurations.closed);
        assertEquals(List.of("shell||device test|boiler.cfg|DONE"), audit.lines);
    }

    @Test
    void saysWhyTheFileIsWrong() {
        configurations.wrong = "height.m=tall is not allowed";

        assertEquals(
                "fg:device-test: boiler.cfg: height.m=tall is not allowed",
                failureOf(points(State.RUNNING, "", Reading.good(LEVEL, Value.of(1.5)))));
        assertEquals(List.of("shell||device test|boiler.cfg|FAILED"), audit.lines);
    }

    @Test
    void saysWhyTheComponentRefusesIt() {
        configurations.failure = Optional.of("lines, line \"a\": line is missing");

        assertEquals("fg:device-test: boiler.cfg: lines, line \"a\": line is missing", failureOf(new FakePoints()));
        assertEquals(1, configurations.closed);
    }

    @Test
    void saysWhyTheHardwareCannotBeUsed() {
        assertEquals(
                "fg:device-test: boiler.cfg: no answer at 0x48",
                failureOf(points(State.DISCONNECTED, "no answer at 0x48", Reading.good(LEVEL, Value.of(1.5)))));
        assertEquals(1, configurations.closed);
    }

    @Test
    void failsIfNothingCanBeRead() {
        String message = failureOf(
                points(State.RUNNING, "the probe is broken", Reading.bad(LEVEL, Quality.Code.SENSOR_FAILURE)));

        assertTrue(
                message.startsWith("fg:device-test: boiler.cfg: no point can be read; the probe is broken\n"), message);
        assertTrue(message.contains("bad (sensor-failure)"), message);
    }

    @Test
    void givesUpOnADriverThatDoesNotCome() {
        assertEquals(
                "fg:device-test: boiler.cfg: its driver did not come within 12 s; fg:log may say why",
                failureOf(new FakePoints()));
        assertEquals(1, configurations.closed);
    }

    private static final class FakeConfigurations implements Configurations {

        private final List<Path> tried = new java.util.ArrayList<>();
        private String wrong = "";
        private Optional<String> failure = Optional.empty();
        private int closed;

        @Override
        public ConfigurationTrial tryOut(Path file) {
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(wrong);
            }
            tried.add(file);
            return new ConfigurationTrial() {
                @Override
                public String driver() {
                    return "trial-boiler";
                }

                @Override
                public Optional<String> failure() {
                    return failure;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public List<ConfigurationFile> files() {
            return List.of();
        }

        @Override
        public List<String> check(Path file) {
            return List.of();
        }

        @Override
        public List<String> confirm() {
            return List.of();
        }
    }
}
