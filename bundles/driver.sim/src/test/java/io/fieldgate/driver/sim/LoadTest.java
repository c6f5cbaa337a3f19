package io.fieldgate.driver.sim;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void dealsItsPointsOutEvenly() throws Exception {
        SimProbe load = load(Map.of("points", 10_000, "devices", 300));

        List<DeviceInfo> devices = load.driver.devices();

        assertEquals(300, devices.size());
        assertEquals("sim/load-1", devices.get(0).id().toString());
        assertEquals(
                10_000,
                devices.stream().mapToInt(device -> device.points().size()).sum());
        Set<Integer> sizes = new HashSet<>();
        devices.forEach(device -> sizes.add(device.points().size()));
        assertEquals(Set.of(33, 34), sizes);
    }

    @ParameterizedTest
    @CsvSource({"sine, 0, 1, 0, -1", "square, 1, 1, -1, -1", "saw, -1, -0.5, 0, 0.5"})
    void followsItsWaveform(String waveform, double start, double quarter, double half, double threeQuarters)
            throws Exception {
        SimProbe load = load(Map.of("waveform", waveform, "wave.s", 60));
        for (double expected : new double[] {start, quarter, half, threeQuarters, start}) {
            assertEquals(expected, load.number("p1"), 1e-6);
            load.pass(Duration.ofSeconds(15));
        }
    }

    @Test
    void pushesAllPointsAgainAndAgainWhenItIsToldTo() throws Exception {
        SimProbe load = load(Map.of("points", 20, "push", true, "period.ms", 10));
        try {
            assertTrue(load.driver.devices().get(0).points().stream()
                    .allMatch(point -> point.pollPeriod().isEmpty()));
            await().atMost(PATIENCE).until(() -> load.context.readings().size() >= 3 * 20);
            assertEquals(load.id("p1"), load.context.readings().get(20).point());
        } finally {
            load.driver.stop();
        }
        await("the thread has ended").atMost(PATIENCE).until(() -> !pushes());
    }

    @Test
    void pushesEveryMillisecondAndSaysWhenThatWasDue() throws Exception {
        SimProbe load = load(Map.of("points", 10, "push", true, "period.ms", 1));
        try {
            await().atMost(PATIENCE).until(() -> load.context.readings().size() >= 1_000 * 10);
            // The clock stands still, so what is due earlier by it is what came late.
            assertTrue(load.context.readings().stream()
                    .map(reading -> reading.deviceTime().orElseThrow())
                    .noneMatch(due -> due.isAfter(load.clock.instant())));
        } finally {
            load.driver.stop();
        }
    }

    @Test
    void goesOnPushingAfterFaults() throws Exception {
        SimProbe load = load(Map.of("points", 20, "push", true, "period.ms", 10));
        try {
            for (Fault fault : Fault.values()) {
                load.driver.simulation().fault(new FaultSetting(fault, 1));
                load.driver.simulation().fault(FaultSetting.NONE);
                int before = load.context.readings().size();
                await(fault.id())
                        .atMost(PATIENCE)
                        .until(() -> load.context.readings().size() >= before + 20);
            }
        } finally {
            load.driver.stop();
        }
    }

    @Test
    void beginsToPushWhenTheFaultItBeganWithIsLifted() throws Exception {
        SimProbe load = load(Map.of("points", 20, "push", true, "period.ms", 10, "fault", "throw"));
        try {
            load.driver.simulation().fault(FaultSetting.NONE);
            await().atMost(PATIENCE).until(() -> !load.context.readings().isEmpty());
        } finally {
            load.driver.stop();
        }
    }

    private static boolean pushes() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("fieldgate-sim-sim"));
    }

    private static SimProbe load(Map<String, Object> values) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("waveform", "sine"));
        all.putAll(values);
        return new SimProbe(Kind.LOAD, all);
    }
}
