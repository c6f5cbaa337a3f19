package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointSettingsTest {

    @Test
    void takesTheDefaults() {
        PointSettings settings = PointSettings.of(config(Map.of()));

        assertEquals(10_000, settings.ringSamples());
        assertEquals(Duration.ofSeconds(10), settings.callTimeout());
        assertEquals(Duration.ofSeconds(2), settings.stopWait());
    }

    @Test
    void namesKeyAndValueAndWhatIsAllowed() {
        assertRefused("ring_samples", 99, "ring.samples must be 100 to 1000000, is 99");
        assertRefused("call_timeout_s", 0, "call.timeout.s must be 1 to 3600, is 0");
        assertRefused("lane_queue_calls", 10_001, "lane.queue.calls must be 1 to 10000, is 10001");
        assertRefused("observer_queue_samples", 0, "observer.queue.samples must be 1 to 1000000, is 0");
        assertRefused("observer_threads", 65, "observer.threads must be 2 to 64, is 65");
        assertRefused("stop_wait_ms", 2001, "stop.wait.ms must be 0 to 2000, is 2001");
        assertRefused("retry_first_s", 0, "retry.first.s must be 1 to 3600, is 0");
        assertRefused("retry_longest_s", 4, "retry.longest.s must be 5 to 3600, is 4");
        assertRefused("linger_s", -1, "linger.s must be 0 to 3600, is -1");
    }

    private static void assertRefused(String key, int value, String message) {
        PointGateway.Config config = config(Map.of(key, value));

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> PointSettings.of(config))
                        .getMessage());
    }

    private static PointGateway.Config config(Map<String, Object> values) {
        return (PointGateway.Config) Proxy.newProxyInstance(
                PointSettingsTest.class.getClassLoader(),
                new Class<?>[] {PointGateway.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
