package io.fieldgate.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @Test
    void splitsAPointIntoDriverDeviceAndName() {
        PointId point = PointId.of("linux/net-eth0/rx_bytes");

        assertEquals("linux", point.driver());
        assertEquals(new DeviceId("linux", "net-eth0"), point.device());
        assertEquals("rx_bytes", point.name());
        assertEquals("linux/net-eth0/rx_bytes", point.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "a/b/c/d", "A/b/c", "a b/c/d", "a//c", "ä/b/c"})
    void refusesWhatIsNoPoint(String text) {
        assertThrows(IllegalArgumentException.class, () -> PointId.of(text));
    }

    @Test
    void refusesASegmentOf65Characters() {
        String longest = "x".repeat(64);

        assertEquals(longest, DeviceId.of("a/" + longest).name());
        assertThrows(IllegalArgumentException.class, () -> DeviceId.of("a/" + longest + "x"));
    }

    @Test
    void ordersPointsByTheirText() {
        List<String> ordered = Stream.of("b/a/a", "a/b/a", "a/a/b", "a/a/a")
                .map(PointId::of)
                .sorted()
                .map(PointId::toString)
                .toList();

        assertEquals(List.of("a/a/a", "a/a/b", "a/b/a", "b/a/a"), ordered);
    }
}
