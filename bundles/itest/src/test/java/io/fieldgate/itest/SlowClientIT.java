package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.BroadcastHandler;
import io.fieldgate.itest.subject.PushDriver;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Heap;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One client does not read, and nobody else notices. */
class SlowClientIT {

    private static final int READERS = 200;
    private static final int SMALL_BUFFER = 4_096;
    private static final int MESSAGES = 1_500;
    private static final String SIZE = " 8000";

    /** So many messages of that size are less than half of what may wait. */
    private static final int BIT = 60;

    private static final int MOST_BITS = 50;
    private static final long STUCK_BYTES = 100_000;
    private static final long HEAP_GROWTH = 8L << 20;

    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayProcess.start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void isClosedWith1013WhileTwoHundredOthersHearEverythingInTime() throws Exception {
        gateway.deploy(TestBundle.of("broadcast", BroadcastHandler.class).build(), "broadcast.jar");
        gateway.bundles().awaitVersion("io.fieldgate.itest.broadcast", "1.0.0");
        try (Audience audience = Audience.of(READERS, gateway.uri(), "/broadcast");
                WebSocketProbe slow = WebSocketProbe.open(Upgrade.to(gateway.uri(), "/broadcast"), SMALL_BUFFER);
                WebSocketProbe director = WebSocketProbe.open(gateway.uri(), "/echo")) {
            long before = Heap.of(gateway).bytes();
            int messages = untilItIsStuck(slow, audience);
            assertGrowth("stuck with " + queuedBytes() + " bytes", before);

            slow.send(MESSAGES + SIZE);
            gateway.awaitLog("1013");
            assertEquals(1013, slow.closeCode());
            audience.awaitEach(messages + MESSAGES, Duration.ofSeconds(90));
            assertEquals("still there", director.ask("still there"));
            Figures.note("slow-client", "the latest of " + READERS + " readers: " + audience.latest());
            assertTrue(audience.latest().compareTo(Duration.ofSeconds(5)) < 0, () -> "late by " + audience.latest());
            assertGrowth("gone", before);
        }
    }

    @Test
    void ofTheLiveStreamGetsTheNewestWhenItReadsAgain() throws Exception {
        gateway.deploy(TestBundle.of("push", PushDriver.class).build(), "push.jar");
        gateway.bundles().awaitVersion("io.fieldgate.itest.push", "1.0.0");
        try (LiveProbe slow = LiveProbe.open(gateway.uri());
                LiveProbe quick = LiveProbe.open(gateway.uri())) {
            String subscribe = "\"filters\":[\"push/**\"],\"mode\":\"latest\"";
            slow.ask("subscribe", subscribe);
            quick.ask("subscribe", subscribe);
            long before = Heap.of(gateway).bytes();

            hearUpTo(600, quick);
            assertGrowth("behind on the live stream", before);

            assertTrue(hearUpTo(600, slow) < 600, "the slow one has heard everything, so it was not slow");
            assertFalse(slow.ask("read", "\"points\":[\"push/counter/n0\"]").contains("error"));
        }
    }

    /**
     * Broadcasts by bits until what the slow one does not take has filled the buffers of the system and waits in the gateway. It stays
     * so, for a bit is less than may wait, and gives time to look at the heap.
     *
     * @return how many messages that took
     */
    private int untilItIsStuck(WebSocketProbe slow, Audience audience) throws Exception {
        int messages = 0;
        while (queuedBytes() < STUCK_BYTES) {
            assertTrue(messages < MOST_BITS * BIT, "the slow one is never stuck");
            slow.send(BIT + SIZE);
            messages += BIT;
            audience.awaitEach(messages, Duration.ofSeconds(20));
        }
        return messages;
    }

    /** What waits for the one session that has most waiting. */
    private long queuedBytes() throws Exception {
        return gateway.shell("fg:sessions")
                .orFail()
                .lines()
                .filter(line -> line.contains(" /broadcast "))
                .map(line -> line.strip().split("\\s+"))
                .mapToLong(cells -> Long.parseLong(cells[cells.length - 2]))
                .max()
                .orElseThrow();
    }

    private void assertGrowth(String when, long before) throws Exception {
        long growth = Heap.of(gateway).bytes() - before;
        Figures.note("slow-client", "the heap has grown by " + growth + " bytes when the slow one is " + when);
        assertTrue(growth < HEAP_GROWTH, () -> when + ": the heap has grown by " + growth);
    }

    /** Reads until the counter has come that far, and tells how many messages it took. */
    private static int hearUpTo(long count, LiveProbe client) throws Exception {
        int messages = 0;
        do {
            messages++;
        } while (valueOf(client, "push/counter/n0") < count);
        return messages;
    }

    private static long valueOf(LiveProbe client, String point) throws Exception {
        Pattern sample = Pattern.compile("\"point\":\"" + point + "\",\"value\":(\\d+)");
        return client.awaitText(sample.pattern())
                .transform(text -> sample.matcher(text).results().map(SlowClientIT::number))
                .max(Long::compare)
                .orElseThrow();
    }

    private static long number(MatchResult found) {
        return Long.parseLong(found.group(1));
    }
}
