package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.itest.malformed.Campaign;
import io.fieldgate.itest.subject.DeflatedExactEchoHandler;
import io.fieldgate.itest.subject.ExactEchoHandler;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Thousands of malformed handshakes and streams of frames are answered as they should be, and nothing of them stays. How they are made and
 * judged, and how to run more of them or one alone, is in {@code docs/robustness.md}.
 */
class MalformedIT {

    private static final int CASES = Integer.getInteger("fieldgate.malformed", 20_000);
    private static final long SEED = Long.getLong("fieldgate.malformed.seed", 20_261_122L);
    private static final int ONLY = Integer.getInteger("fieldgate.malformed.only", -1);

    /** So many that all that is made once has been made: threads, buffers, classes. */
    private static final int WARM_UP = 1_500;

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final long HEAP_GROWTH = 1 << 20;
    private static final int THREAD_GROWTH = 10;
    private static final int DESCRIPTOR_GROWTH = 10;

    @Test
    void areAnsweredAsTheyShouldBeAndLeaveNothingBehind() throws Exception {
        Path echoes = TestBundle.of("exact", ExactEchoHandler.class, DeflatedExactEchoHandler.class)
                .build();
        try (GatewayProcess gateway = GatewayProcess.start(GatewayHome.create().with(echoes))) {
            if (ONLY >= 0) {
                Campaign campaign = new Campaign(gateway.uri(), SEED);
                campaign.play(ONLY, ONLY + 1);
                campaign.assertAllRight();
            } else {
                playAll(gateway);
            }
            // Whoever sends what is malformed is told, and nobody else has to know.
            assertEquals(List.of(), Complaints.of(gateway, Complaints.ANY));
        }
    }

    private static void playAll(GatewayProcess gateway) throws Exception {
        Campaign warmUp = new Campaign(gateway.uri(), SEED + 1);
        warmUp.play(0, WARM_UP);
        warmUp.assertAllRight();
        awaitNoSessions(gateway);
        Footprint before = Footprint.of(gateway);

        Campaign campaign = new Campaign(gateway.uri(), SEED);
        Duration time = campaign.play(0, CASES);
        campaign.assertAllRight();

        awaitNoSessions(gateway);
        await("descriptors and threads are where they were")
                .atMost(SETTLED)
                .until(() -> isLikeBefore(before, Footprint.of(gateway)));
        Figures.note(
                "malformed",
                CASES + " cases of seed " + SEED + " in " + time + "; before " + before + ", after "
                        + Footprint.of(gateway));
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("still here", client.ask("still here"));
        }
    }

    private static boolean isLikeBefore(Footprint before, Footprint now) {
        return now.heapBytes() <= before.heapBytes() + HEAP_GROWTH
                && now.threads() <= before.threads() + THREAD_GROWTH
                && now.descriptors() <= before.descriptors() + DESCRIPTOR_GROWTH;
    }

    private static void awaitNoSessions(GatewayProcess gateway) {
        await("all sessions have ended")
                .atMost(SETTLED)
                .until(() -> gateway.shell("fg:sessions").orFail(), text -> !text.contains(" websocket "));
    }
}
