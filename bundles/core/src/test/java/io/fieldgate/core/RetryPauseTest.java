package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPauseTest {

    private final RetryPause retry = new RetryPause(Duration.ofSeconds(5), Duration.ofSeconds(60));

    @Test
    void doublesUpToTheLongest() {
        List<Long> pauses =
                Stream.generate(retry::next).limit(6).map(Duration::toSeconds).toList();

        assertEquals(List.of(5L, 10L, 20L, 40L, 60L, 60L), pauses);
    }

    @Test
    void beginsAnewAfterASuccess() {
        retry.next();
        retry.next();
        retry.reset();

        assertEquals(Duration.ofSeconds(5), retry.next());
    }
}
