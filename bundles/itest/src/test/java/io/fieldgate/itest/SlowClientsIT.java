package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of clients send or read a byte a second, and others are served all the time; afterwards nothing of them is left. How to let
 * thousands come is in {@code docs/robustness.md}.
 */
class SlowClientsIT {

    private static final int HEADS = Integer.getInteger("fieldgate.slow.heads", 200);
    private static final int BODIES = Integer.getInteger("fieldgate.slow.bodies", 100);
    private static final int READERS = Integer.getInteger("fieldgate.slow.readers", 100);
    private static final int SECONDS = Integer.getInteger("fieldgate.slow.s", 8);

    private static final String HEADER_S = System.getProperty("fieldgate.slow.header.s", "4");
    private static final String BODY_S = System.getProperty("fieldgate.slow.body.s", "4");
    private static final String ANSWER_S = System.getProperty("fieldgate.slow.answer.s", "5");

    /** In a build other things run at the same time, so how long an answer takes is judged by hand only. */
    private static final Duration WORST = Duration.ofMillis(Integer.getInteger("fieldgate.slow.p99.ms", 10_000));

    private static final int LARGE_BYTES = 8 << 20;
    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final long HEAP_GROWTH = 2 << 20;
    private static final int THREAD_GROWTH = 10;
    private static final int DESCRIPTOR_GROWTH = 10;

    /** Far more than a gateway has without clients, far less than with the first hundred and fifty. */
    private static final int MANY_DESCRIPTORS = 110;

    @Test
    void leaveTheOthersAloneAndNothingBehind() throws Exception {
        GatewayHome home = GatewayHome.create()
                .configure(
                        "io.fieldgate.transport.http.limits",
                        Map.of("header.s", HEADER_S, "body.s", BODY_S, "answer.s", ANSWER_S))
                .configure("io.fieldgate.transport.files-large", Map.of("path", "/large", "folder", "large"));
        Path folder = Files.createDirectories(home.path().resolve("large"));
        Files.write(folder.resolve("file"), new byte[LARGE_BYTES]);
        try (GatewayProcess gateway = GatewayProcess.start(home)) {
            attack(gateway, 50, 50, 50, Duration.ofSeconds(4)); // what is made once is there then
            awaitNobody(gateway);
            Footprint before = Footprint.of(gateway);

            attack(gateway, HEADS, BODIES, READERS, Duration.ofSeconds(SECONDS));
            await("all is where it was").atMost(SETTLED).until(() -> isLikeBefore(before, Footprint.of(gateway)));
            Figures.note("slow-clients", "before " + before + ", after " + Footprint.of(gateway));
            assertFalse(gateway.log().contains("Exception"), "somebody was surprised");
        }
    }

    private static void attack(GatewayProcess gateway, int heads, int bodies, int readers, Duration time)
            throws Exception {
        try (SlowCrowd crowd = new SlowCrowd(gateway.uri(), heads, bodies, readers)) {
            await("all are there").atMost(SETTLED).until(() -> crowd.opened() >= crowd.size());
            Visitor visitor = Visitor.of(gateway.uri(), time);
            Figures.note(
                    "slow-clients",
                    heads + " slow heads, " + bodies + " bodies, " + readers + " readers: " + visitor + "; "
                            + crowd.thrownOut() + " thrown out; meanwhile " + Footprint.of(gateway));
            assertTrue(visitor.worstOfAHundred().compareTo(WORST) < 0, visitor::toString);
            await("as many are thrown out as can see it")
                    .atMost(SETTLED)
                    .until(() -> crowd.thrownOut() >= heads + bodies);
        }
    }

    private static void awaitNobody(GatewayProcess gateway) {
        await("nobody is left")
                .atMost(SETTLED)
                .until(() -> Footprint.of(gateway).descriptors() < MANY_DESCRIPTORS);
    }

    private static boolean isLikeBefore(Footprint before, Footprint now) {
        return now.heapBytes() <= before.heapBytes() + HEAP_GROWTH
                && now.threads() <= before.threads() + THREAD_GROWTH
                && now.descriptors() <= before.descriptors() + DESCRIPTOR_GROWTH;
    }
}
