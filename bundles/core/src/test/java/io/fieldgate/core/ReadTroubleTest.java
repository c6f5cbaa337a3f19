package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.core.DriverReader.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadTroubleTest {

    private static final Duration TURN = Duration.ofMillis(200);
    private static final PollPlan.Turn FAST =
            new PollPlan.Turn(TURN, List.of(PointRig.id("sim/tank/level"), PointRig.id("sim/tank/flow")));
    private static final PollPlan.Turn SLOW =
            new PollPlan.Turn(Duration.ofMinutes(5), List.of(PointRig.id("sim/tank/serial")));
    private static final String BEGIN = "WARNING driver sim: points that turned BAD: 2; ";
    private static final String END = "INFO driver sim can be read again";

    private final LogLines log = new LogLines(ReadTrouble.class);
    private final ManualTime time = new ManualTime();
    private final ReadTrouble trouble = new ReadTrouble("sim");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void saysOnceThatReadsFailAndOnceThatTheyDoNotAnyMore() {
        for (int turn = 0; turn < 1000; turn++) {
            fails(turn == 0 ? 2 : 0, "no cable");
        }
        passesFor(Duration.ofMinutes(5));

        assertEquals(List.of(BEGIN + "no cable", END), log.all());
    }

    @Test
    void saysNothingOfFailuresThatChangeNothing() {
        fails(0, "no cable");
        passesFor(Duration.ofMinutes(1));

        assertEquals(List.of(), log.all());
    }

    @Test
    void saysOnceAMinuteThatReadsFailInAnotherWay() {
        for (int turn = 0; turn < 600; turn++) {
            fails(2, turn % 2 == 0 ? "null" : "too few");
        }
        passesFor(Duration.ofMinutes(1));

        assertEquals(
                List.of(
                        BEGIN + "null",
                        "WARNING driver sim still fails: too few (300 failed reads before are left out)",
                        END),
                log.all());
    }

    @Test
    void doesNotCallADriverWellThatFailsNowAndThen() {
        for (int turn = 0; turn < 1500; turn++) {
            if (turn % 10 == 0) {
                fails(2, "null");
            } else {
                passes();
            }
        }

        assertEquals(List.of(BEGIN + "null"), log.all());
    }

    @Test
    void waitsForPointsThatAreReadSeldom() {
        trouble.failed(1, SLOW, new Problem("null", null), time.nanoTime());
        passesFor(Duration.ofMinutes(4));
        assertEquals(1, log.all().size());

        time.advance(Duration.ofMinutes(1));
        passes();

        assertEquals(END, log.all().get(1));
    }

    @Test
    void tellsOfAFailureLaterThatBeginsWithinAMinuteOfTheLastWarning() {
        fails(2, "null");
        passesFor(Duration.ofSeconds(20));
        fails(2, "null");
        for (int turn = 0; turn < 300; turn++) {
            fails(0, "null");
        }

        assertEquals(List.of(BEGIN + "null", END, BEGIN + "null (199 failed reads before are left out)"), log.all());
    }

    private void fails(long turned, String text) {
        trouble.failed(turned, FAST, new Problem(text, null), time.nanoTime());
        time.advance(TURN);
    }

    private void passes() {
        trouble.passed(time.nanoTime());
        time.advance(TURN);
    }

    private void passesFor(Duration duration) {
        long end = time.nanoTime() + duration.toNanos();
        while (time.nanoTime() < end) {
            passes();
        }
    }
}
