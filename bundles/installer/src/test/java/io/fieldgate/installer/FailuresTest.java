package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final Path FILE = Path.of("deploy", "pump.jar");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(FIRST);
    private final Failures failures = new Failures(new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void aFailureThatComesAgainIsTheOneThatBeganBefore() {
        failures.add(FILE, "", "it cannot be copied", false);
        now.set(FIRST.plusSeconds(1));
        failures.add(FILE, "", "it cannot be copied", false);

        assertEquals(FIRST, failures.list().get(0).since());
    }

    @Test
    void anotherFailureTakesItsPlace() {
        failures.add(FILE, "", "it cannot be copied", false);
        now.set(FIRST.plusSeconds(1));
        failures.add(FILE, "", "it is no jar", true);

        assertEquals("it is no jar", failures.list().get(0).reason());
        assertEquals(FIRST.plusSeconds(1), failures.list().get(0).since());
    }
}
