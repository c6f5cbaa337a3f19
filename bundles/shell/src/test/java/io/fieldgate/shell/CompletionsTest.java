package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Points;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CompletionsTest {

    private final Completions completions = new Completions();

    @Test
    void offersPointsASegmentAtATime() {
        completions.bindPoints(points());

        assertEquals(List.of("linux/", "sim/"), of("fg:read", ""));
        assertEquals(List.of("linux/", "sim/"), of("fg:read x x x", "si"));
        assertTrue(of("fg:read", "sim/").contains("sim/tank/"));
        assertTrue(of("fg:read", "sim/tank/le").contains("sim/tank/level"));
    }

    @Test
    void offersFiltersWhereThereAreFilters() {
        completions.bindPoints(points());

        assertTrue(of("fg:points", "sim/tank/").contains("sim/tank/*"));
        assertEquals(List.of(), of("fg:write sim/tank/level", ""));
    }

    @Test
    void offersNothingForWhatItDoesNotKnowOrWhatIsNotThere() {
        assertEquals(List.of(), of("fg:nosuch", ""));
        assertEquals(List.of(), of("fg:points", ""));
    }

    @Test
    void offersTheOptionsOfACommandAndTheirValues() {
        assertEquals(List.of("--bad", "--help", "--long", "-l"), of("fg:points", "-"));
        assertEquals(List.of("--help"), of("fg:status", "--"));
        assertEquals(List.of(), of("felix:lb", "-"));
        assertEquals(List.of("debug", "error", "info", "trace", "warn"), of("fg:log -f --level", ""));
        assertEquals(List.of(), of("fg:log -f", ""));
        assertEquals(List.of(), of("fg:watch -n", ""));
        completions.bindPoints(points());
        assertEquals(List.of("linux/", "sim/"), of("fg:read -l -- x", ""));
        assertEquals(
                List.of("linux/cpu/*", "linux/", "sim/", "sim/tank/*").stream()
                        .sorted()
                        .toList(),
                of("fg:watch -n 3", ""));
    }

    @Test
    void offersLevelsAfterALoggerAndNothingAfterThem() {
        LoggerFactory.getLogger("io.fieldgate.pump.Valve");

        assertTrue(of("fg:loglevel", "").containsAll(List.of("root", "io.fieldgate.pump")));
        assertTrue(of("fg:loglevel", "io.fieldgate.pump.V").contains("io.fieldgate.pump.Valve"));
        assertEquals(
                List.of("debug", "default", "error", "info", "trace", "warn"), of("fg:loglevel io.fieldgate.core", ""));
        assertEquals(List.of(), of("fg:loglevel io.fieldgate.core debug", ""));
    }

    @Test
    void offersTheTwoValuesOfASwitchAndSimulatedDrivers() {
        completions.bindPoints(new FakePoints()
                .with(DeviceInfo.builder(DeviceId.of("sim/tank"))
                        .point(PointInfo.builder(PointId.of("sim/tank/valve"), ValueType.BOOLEAN)
                                .build())
                        .build())
                .with("sim", DriverInfo.State.RUNNING, "")
                .with("linux", DriverInfo.State.RUNNING, ""));

        assertEquals(List.of("false", "true"), of("fg:write sim/tank/valve", ""));
        assertEquals(List.of(), of("fg:write sim/tank/valve true", ""));
        assertEquals(List.of("sim"), of("sim:fault", ""));
        assertEquals(List.of(), of("sim:fault sim", ""));
    }

    /** What completes a line of commands that ends with a word that was begun. */
    private List<String> of(String line, String word) {
        List<String> words = List.of(line.split(" "));
        return completions.of(words.get(0), words.subList(1, words.size()), word);
    }

    private static Points points() {
        List<DeviceInfo> devices = List.of(device("sim/tank", "level"), device("linux/cpu", "load"));
        return (Points) Proxy.newProxyInstance(
                Points.class.getClassLoader(), new Class<?>[] {Points.class}, (self, method, arguments) -> {
                    if (method.getName().equals("devices")) {
                        return devices;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private static DeviceInfo device(String id, String point) {
        return DeviceInfo.builder(DeviceId.of(id))
                .point(PointInfo.builder(PointId.of(id + '/' + point), ValueType.DECIMAL)
                        .build())
                .build();
    }
}
