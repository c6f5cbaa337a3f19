package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.BroadcastHandler;
import io.fieldgate.itest.subject.PushDriver;
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
        int messages = 1_500;
        gateway.deploy(TestBundle.of("broadcast", BroadcastHandler.class).build(), "broadcast.jar");
        new BundleList(gateway).awaitVersion("io.fieldgate.itest.broadcast", "1.0.0");
        try (Audience audience = Audience.of(READERS, gateway.uri(), "/broadcast");
                WebSocketProbe slow = WebSocketProbe.open(Upgrade.to(gateway.uri(), "/broadcast"), SMALL_BUFFER);
                WebSocketProbe director = WebSocketProbe.open(gateway.uri(), "/echo")) {
            long before = Heap.of(gateway).bytes();
            slow.send(messages + " 8000");

            gateway.awaitLog("1013");
            assertEquals(1013, slow.closeCode());
            audience.awaitEach(messages, Duration.ofSeconds(90));
            assertEquals("still there", director.ask("still there"));
            Figures.note("slow-client", "the latest of " + READERS + " readers: " + audience.latest());
            assertTrue(audience.latest().compareTo(Duration.ofSeconds(5)) < 0, () -> "late by " + audience.latest());

            long growth = Heap.of(gateway).bytes() - before;
            assertTrue(growth < HEAP_GROWTH, () -> "the heap has grown by " + growth);
        }
    }

    @Test
    void ofTheLiveStreamGetsTheNewestWhenItReadsAgain() throws Exception {
        gateway.deploy(TestBundle.of("push", PushDriver.class).build(), "push.jar");
        new BundleList(gateway).awaitVersion("io.fieldgate.itest.push", "1.0.0");
        try (LiveProbe slow = LiveProbe.open(gateway.uri());
                LiveProbe quick = LiveProbe.open(gateway.uri())) {
            String subscribe = "\"filters\":[\"push/**\"],\"mode\":\"latest\"";
            slow.ask("subscribe", subscribe);
            quick.ask("subscribe", subscribe);
            long before = Heap.of(gateway).bytes();

            hearUpTo(600, quick);
            long growth = Heap.of(gateway).bytes() - before;
            assertTrue(growth < HEAP_GROWTH, () -> "the heap has grown by " + growth);

            assertTrue(hearUpTo(600, slow) < 600, "the slow one has heard everything, so it was not slow");
            assertFalse(slow.ask("read", "\"points\":[\"push/counter/n0\"]").contains("error"));
        }
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
