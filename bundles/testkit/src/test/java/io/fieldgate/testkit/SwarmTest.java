package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The swarm notices what it is there to notice. */
class SwarmTest {

    private static final int CLIENTS = 10;

    @Test
    void findsNothingWrongWithAnEcho() throws IOException {
        SwarmReport report = swarmAt(List::of);

        report.assertWhole();
        assertTrue(report.longestWait().compareTo(Duration.ZERO) > 0, report::toString);
    }

    @Test
    void countsAnEchoThatComesTwice() throws IOException {
        SwarmReport report = swarmAt(frame -> isFirst(frame) ? List.of(frame, frame) : List.of(frame));

        assertEquals(CLIENTS, report.doubled());
        assertThrows(AssertionError.class, report::assertWhole);
    }

    @Test
    void countsAnEchoThatNeverComes() throws IOException {
        SwarmReport report = swarmAt(frame -> isFirst(frame) ? List.of() : List.of(frame));

        assertEquals(CLIENTS, report.lost());
        assertThrows(AssertionError.class, report::assertWhole);
    }

    @Test
    void countsEchoesThatComeOutOfOrder() throws IOException {
        SwarmReport report = swarmAt(frame -> {
            if (isFirst(frame)) {
                return List.of();
            }
            String client = frame.text().substring(0, frame.text().indexOf(':'));
            return frame.text().endsWith(":1:") ? List.of(frame, Frame.text(client + ":0:")) : List.of(frame);
        });

        assertEquals(CLIENTS, report.reordered());
        assertEquals(0, report.lost());
        assertThrows(AssertionError.class, report::assertWhole);
    }

    @Test
    void countsConnectionsThatTheServerEnds() throws IOException {
        AtomicInteger frames = new AtomicInteger();
        SwarmReport report =
                swarmAt(frame -> frames.incrementAndGet() == 5 ? List.of(Frame.close(1012)) : List.of(frame));

        assertEquals(Map.of(1012, 1), report.closed());
        assertThrows(AssertionError.class, report::assertWhole);
    }

    private static SwarmReport swarmAt(Function<Frame, List<Frame>> server) throws IOException {
        try (EchoServer echo = EchoServer.answering(server);
                Swarm swarm = Swarm.talking(echo.uri(), "/echo", CLIENTS)) {
            swarm.awaitEveryoneAnswered(Duration.ofSeconds(10));
            return swarm.stop();
        }
    }

    private static boolean isFirst(Frame frame) {
        return frame.text().endsWith(":0:");
    }
}
