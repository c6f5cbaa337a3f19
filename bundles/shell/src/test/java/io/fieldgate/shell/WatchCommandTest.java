package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchCommandTest {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final PointId LEVEL = PointId.of("sim/tank/level");
    private static final PointId VALVE = PointId.of("sim/tank/valve");

    private final FakePoints points = new FakePoints();
    private final Deque<Runnable> script = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:10Z");
    private final WatchCommand command = new WatchCommand(new ScriptClock(), this::pause);

    WatchCommandTest() {
        command.bindPoints(points);
        level(1.5, 1);
        points.with(
                PointInfo.builder(VALVE, ValueType.BOOLEAN).build(),
                new Sample(Reading.bad(VALVE, Quality.Code.TIMEOUT), now, 2));
    }

    @Test
    void redrawsInPlaceUntilItIsInterrupted() throws Exception {
        FakeSession session = FakeSession.of(60, 10);
        script.add(() -> {
            assertEquals("""
                    00:00:10  2 points  sim/**  (Ctrl-C ends)
                       POINT           VALUE  UNIT  QUALITY        AGE
                       sim/tank/level  1.5    m     good           0 s
                       sim/tank/valve  -            bad (timeout)  0 s
                    """, screen(ENTER, session.printed()));
            level(1.75, 3);
        });
        script.add(() -> {
            assertEquals("""
                    00:00:10  2 points  sim/**  (Ctrl-C ends)
                       POINT           VALUE  UNIT  QUALITY        AGE
                    *  sim/tank/level  1.75   m     good           0 s
                       sim/tank/valve  -            bad (timeout)  0 s
                    """, screen("", session.printed()));
        });
        script.add(() -> assertEquals("", session.printed(), "nothing is new and a second has not gone"));
        script.add(() -> now = now.plusSeconds(1));
        script.add(() -> {
            String later = screen("", session.printed());
            assertTrue(later.startsWith("00:00:11"), later);
            assertFalse(later.contains("*  sim"), later);
            assertEquals(List.of(true), session.live);
        });

        command.watch(session, "sim/**");

        assertEquals(LEAVE, session.printed());
        assertEquals(Arrays.asList(true, null), session.live);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void showsWhatFitsAndSaysHowManyDoNot() throws Exception {
        FakeSession session = FakeSession.of(60, 4);
        script.add(() -> {
            String drawn = screen(ENTER, session.printed());
            assertTrue(drawn.contains("sim/tank/level"), drawn);
            assertFalse(drawn.contains("sim/tank/valve"), drawn);
            assertTrue(drawn.endsWith("\n1 more do not fit: name fewer, or make the window higher"), drawn);
            session.resize(44, 5);
            now = now.plusSeconds(1);
        });
        script.add(() -> {
            String drawn = screen("", session.printed());
            assertTrue(drawn.contains("sim/tank/valve"), drawn);
            assertTrue(drawn.lines().allMatch(line -> line.length() < 44), drawn);
        });

        command.watch(session);
    }

    @Test
    void endsAfterSoManySamplesAndGivesTheTerminalBack() throws Exception {
        FakeSession session = FakeSession.of(60, 10);

        command.watch(session, "-n", "2");

        String printed = session.printed();
        assertTrue(printed.startsWith(ENTER) && printed.endsWith(LEAVE), printed);
    }

    @Test
    void givesTheTerminalBackWhenTheCoreGoes() {
        FakeSession session = FakeSession.of(60, 10);
        script.add(() -> command.unbindPoints(points));

        assertThrows(IllegalStateException.class, () -> command.watch(session));

        assertTrue(session.printed().endsWith(LEAVE));
        assertEquals(Arrays.asList(true, null), session.live);
    }

    @Test
    void printsALineForEachSampleWhereThereIsNoTerminal() throws Exception {
        FakeSession session = FakeSession.plain();
        script.add(() -> {
            assertEquals("""
                    2026-01-01T00:00:10Z sim/tank/level 1.5 good m
                    2026-01-01T00:00:10Z sim/tank/valve - bad (timeout)
                    """, session.printed());
            level(2, 3);
            level(3, 4);
        });
        script.add(() -> assertEquals("""
                    2026-01-01T00:00:10Z sim/tank/level 2 good m
                    2026-01-01T00:00:10Z sim/tank/level 3 good m
                    """, session.printed()));
        script.add(() -> {
            points.forgetful = true;
            level(4, 99);
        });
        script.add(() -> assertEquals("""
                    some samples were missed: too many came at once
                    2026-01-01T00:00:10Z sim/tank/level 4 good m
                    """, session.printed()));

        command.watch(session);

        assertEquals(List.of(), session.live);
    }

    @Test
    void printsNoMoreLinesThanWereAskedFor() throws Exception {
        FakeSession session = FakeSession.plain();

        command.watch(session, "-n", "1", "sim/**");

        assertEquals("2026-01-01T00:00:10Z sim/tank/level 1.5 good m\n", session.printed());
    }

    @Test
    void refusesACountThatIsNone() {
        assertEquals(
                "fg:watch: -n takes a whole number from 1 to 1000000000, got \"0\"",
                assertThrows(IllegalArgumentException.class, () -> command.watch(FakeSession.plain(), "-n", "0"))
                        .getMessage());
    }

    /** Takes the codes out of one drawing, after checking that it is one. */
    private static String screen(String before, String printed) {
        assertTrue(printed.startsWith(before + "\u001b[H"), printed);
        assertTrue(printed.endsWith("\u001b[J"), printed);
        return printed.substring(before.length() + 3, printed.length() - 3)
                .replace("\u001b[K", "")
                .replace("\r\n", "\n");
    }

    private void level(double value, long sequence) {
        points.with(
                PointInfo.builder(LEVEL, ValueType.DECIMAL).unit("m").build(),
                new Sample(Reading.good(LEVEL, Value.of(value)), now, sequence));
    }

    /** What happens while the command waits; at the end of the script it is interrupted. */
    private void pause(Duration time) throws InterruptedException {
        Runnable next = script.poll();
        if (next == null) {
            throw new InterruptedException();
        }
        next.run();
    }

    private final class ScriptClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
