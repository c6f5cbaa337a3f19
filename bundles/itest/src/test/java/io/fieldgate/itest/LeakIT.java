package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.HoardingHandler;
import io.fieldgate.itest.subject.NonBlockingHoardingHandler;
import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Heap;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a bundle is left when it has gone, however much its handler kept. */
class LeakIT {

    private static final int UPDATES = 30;

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"/hoarding", "/hoarding/non-blocking"})
    void noOldVersionIsReachableAfterThirtyUpdates(String path) throws Exception {
        TestBundle bundle = TestBundle.of("hoarding", HoardingHandler.class, NonBlockingHoardingHandler.class);
        try (GatewayProcess gateway = GatewayProcess.start()) {
            gateway.deploy(bundle.version("1.0.0").build(), "hoarding.jar");
            gateway.bundles().awaitVersion("io.fieldgate.itest.hoarding", "1.0.0");
            try (WebSocketProbe staying = WebSocketProbe.open(gateway.uri(), path)) {
                assertEquals("opened 1.0.0", staying.text());
                long loadersBefore = Heap.of(gateway).count(Heap.BUNDLE_LOADER);
                for (int i = 1; i <= UPDATES; i++) {
                    update(gateway, path, bundle.version("1.0." + i), staying, "1.0." + i);
                }
                assertNothingIsLeft(gateway, loadersBefore);
            }
        }
    }

    /** One session lives through all versions, and with each version one is opened, used and left in each of two ways. */
    private static void update(
            GatewayProcess gateway, String path, TestBundle next, WebSocketProbe staying, String version)
            throws IOException {
        try (WebSocketProbe aborting = WebSocketProbe.open(gateway.uri(), path);
                WebSocketProbe closing = WebSocketProbe.open(gateway.uri(), path)) {
            closing.text();
            assertEquals("hello", closing.ask("hello"));
            closing.send(Frame.close(1000));
            closing.closeCode();
            aborting.text();
            aborting.abort();
        }
        gateway.deploy(next.build(), "hoarding.jar");
        assertEquals("parked", staying.text());
        // The one before is on probation yet, so what it has replaced comes back in between.
        for (String said = staying.text(); !said.equals("resumed " + version); said = staying.text()) {
            assertTrue(said.equals("parked") || said.startsWith("resumed "), said);
        }
        assertEquals("hello", staying.ask("hello"));
    }

    private static void assertNothingIsLeft(GatewayProcess gateway, long loadersBefore) throws Exception {
        try {
            await("the loaders of old versions are gone")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> {
                        Heap heap = Heap.of(gateway);
                        assertEquals(1, heap.count(HoardingHandler.Marker.class.getName()), "versions in memory");
                        assertEquals(loadersBefore, heap.count(Heap.BUNDLE_LOADER), "bundle class loaders");
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("who holds them is to be seen in " + Heap.dump(gateway, "leak"), e);
        }
    }
}
