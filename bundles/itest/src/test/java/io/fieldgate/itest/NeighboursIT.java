package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.itest.subject.RecorderHandler;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler or driver is replaced alone: no other bundle restarts, and no component of another comes or goes. */
class NeighboursIT {

    private static final String NEXT = "0.1.1";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Long enough for the ripples of an update to show. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static GatewayProcess gateway;
    private static BundleList bundles;
    private static WebSocketProbe recorder;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        bundles = gateway.bundles();
        gateway.deploy(TestBundle.of("recorder", RecorderHandler.class).build(), "recorder.jar");
        bundles.awaitVersion("io.fieldgate.itest.recorder", "1.0.0");
        recorder = WebSocketProbe.open(gateway.uri(), "/recorder");
    }

    @AfterAll
    static void stop() throws Exception {
        recorder.close();
        gateway.close();
    }

    static Stream<String> replaceable() {
        return Stream.concat(
                Distribution.names("io.fieldgate.handler.").stream(),
                Distribution.names("io.fieldgate.driver.").stream());
    }

    @ParameterizedTest
    @MethodSource("replaceable")
    void doNotRestartWhenABundleIsReplaced(String replaced) throws Exception {
        List<BundleList.Line> before = othersThan(replaced);
        recorder.ask("forget what was before");

        gateway.deploy(BundleJar.of(Distribution.bundle(replaced)).reversioned(NEXT), replaced + ".jar");
        bundles.awaitVersion(replaced, NEXT);

        assertEquals(List.of(), othersIn(eventsUntilQuiet(), replaced));
        assertEquals(before, othersThan(replaced));
    }

    private static List<BundleList.Line> othersThan(String symbolicName) throws IOException, InterruptedException {
        return bundles.all().stream()
                .filter(line -> !line.symbolicName().equals(symbolicName))
                .toList();
    }

    private static List<String> othersIn(List<String> events, String symbolicName) {
        return events.stream()
                .filter(event -> !List.of(event.split(" ", -1)).contains(symbolicName))
                .toList();
    }

    private static List<String> eventsUntilQuiet() {
        List<String> events = new ArrayList<>();
        await("the update is over").atMost(PATIENCE).pollInterval(SETTLED).until(() -> {
            List<String> more = recorder.ask("what now?").lines().toList();
            events.addAll(more);
            return more.isEmpty() && !events.isEmpty();
        });
        return events;
    }
}
