package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RareLineTest {

    @Test
    void saysOnceAMinuteHowOftenItWas() {
        AtomicLong clock = new AtomicLong(-5);
        List<String> log = new ArrayList<>();
        RareLine line = new RareLine((text, count) -> log.add(text + count), "closed ", clock::get);
        line.count();
        line.count();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(59));
        line.count();
        assertEquals(List.of("closed 1"), log);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        line.count();
        assertEquals(List.of("closed 1", "closed 3"), log);
    }
}
