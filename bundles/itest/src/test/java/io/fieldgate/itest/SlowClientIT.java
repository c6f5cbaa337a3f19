package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
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

            await("the quick one has heard a lot")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> valueOf(quick, "push/counter/n0") > 1_500);
            long growth = Heap.of(gateway).bytes() - before;
            assertTrue(growth < HEAP_GROWTH, () -> "the heap has grown by " + growth);

            await("the slow one has caught up, without hearing everything")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> valueOf(slow, "push/counter/n0") > 1_500);
            assertFalse(slow.ask("read", "\"point\":\"push/counter/n0\"").contains("error"));
        }
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
