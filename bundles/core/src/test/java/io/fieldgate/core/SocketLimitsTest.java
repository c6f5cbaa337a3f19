package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketLimitsTest {

    @Test
    void takesTheDefaults() {
        assertEquals(
                new SocketLimits(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        1024,
                        1_048_576,
                        16,
                        8,
                        4),
                SocketLimits.of(config(Map.of())));
    }

    @Test
    void aHandlerHasOneThreadAtLeast() {
        assertEquals(
                1,
                SocketLimits.of(config(Map.of("threads", 3, "share_per_path_percent", 10)))
                        .share());
    }

    @ParameterizedTest
    @CsvSource({
        "takeover_s, takeover.s, 1, 600",
        "arrival_s, arrival.s, 1, 60",
        "park_wait_ms, park.wait.ms, 0, 2000",
        "callback_late_s, callback.late.s, 1, 600",
        "queue_max_messages, queue.max.messages, 1, 1048576",
        "queue_max_bytes, queue.max.bytes, 1024, 1073741824",
        "read_ahead_messages, read.ahead.messages, 1, 1024",
        "threads, threads, 1, 256",
        "share_per_path_percent, share.per.path.percent, 1, 100"
    })
    void refusesAValueOutOfItsRangeAndNamesIt(String member, String key, int least, int most) {
        assertEquals(key + " must be " + least + " to " + most + ", is " + (least - 1), refusal(member, least - 1));
        assertEquals(key + " must be " + least + " to " + most + ", is " + (most + 1), refusal(member, most + 1));
        SocketLimits.of(config(Map.of(member, least)));
        SocketLimits.of(config(Map.of(member, most)));
    }

    private static String refusal(String member, int value) {
        return assertThrows(IllegalArgumentException.class, () -> SocketLimits.of(config(Map.of(member, value))))
                .getMessage();
    }

    private static SocketGateway.Config config(Map<String, Integer> values) {
        return (SocketGateway.Config) Proxy.newProxyInstance(
                SocketLimitsTest.class.getClassLoader(),
                new Class<?>[] {SocketGateway.Config.class},
                (proxy, member, args) -> values.getOrDefault(member.getName(), (Integer) member.getDefaultValue()));
    }
}
