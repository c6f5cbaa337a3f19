package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.Points;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {

    private final Completions completions = new Completions();

    @Test
    void offersPointsASegmentAtATime() {
        completions.bindPoints(points());

        assertEquals(List.of("linux/", "sim/"), completions.of("fg:read", 0, ""));
        assertEquals(List.of("linux/", "sim/"), completions.of("fg:read", 3, "si"));
        assertTrue(completions.of("fg:read", 0, "sim/").contains("sim/tank/"));
        assertTrue(completions.of("fg:read", 0, "sim/tank/le").contains("sim/tank/level"));
    }

    @Test
    void offersFiltersWhereThereAreFilters() {
        completions.bindPoints(points());

        assertTrue(completions.of("fg:points", 0, "sim/tank/").contains("sim/tank/*"));
        assertEquals(List.of(), completions.of("fg:write", 1, ""));
    }

    @Test
    void offersNothingForWhatItDoesNotKnowOrWhatIsNotThere() {
        assertEquals(List.of(), completions.of("fg:nosuch", 0, ""));
        assertEquals(List.of(), completions.of("fg:points", 0, ""));
        assertTrue(completions.of("fg:log", 0, "").contains("debug"));
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
