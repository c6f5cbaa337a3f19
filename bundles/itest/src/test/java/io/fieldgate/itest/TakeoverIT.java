package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.PooledEchoHandler;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Swarm;
import io.fieldgate.testkit.SwarmReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Up to a thousand clients talk all the time, and their handler is replaced under them. */
class TakeoverIT {

    private static final int CLIENTS = 1_000;
    private static final int UPDATES = 10;
    private static final int POOLED_CLIENTS = 300;
    private static final int POOLED_UPDATES = 3;
    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The wait is reported, not judged, for the machine may be busy with other things; this much would be a fault. */
    private static final Duration GENEROUS = Duration.ofSeconds(10);

    private GatewayProcess gateway;
    private BundleList bundles;

    @BeforeEach
    void start() throws IOException {
        gateway = GatewayProcess.start();
        bundles = gateway.bundles();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void nobodyNoticesTenUpdatesThroughTheDeployFolder() throws Exception {
        try (Swarm swarm = Swarm.talking(gateway.uri(), "/echo", CLIENTS)) {
            swarm.awaitEveryoneAnswered(PATIENCE);
            Figures.note("takeover", "before any update: longest wait " + swarm.takeLongestWait());
            for (int i = 1; i <= UPDATES; i++) {
                String version = "0.1." + i;
                gateway.deploy(BundleJar.of(Distribution.bundle(ECHO)).reversioned(version), "echo.jar");
                bundles.awaitVersion(ECHO, version);
                swarm.awaitEveryoneAnswered(PATIENCE);
                Figures.note("takeover", "update to " + version + ": longest wait " + swarm.takeLongestWait());
            }
            assertUnnoticed(swarm.stop());
        }
    }

    @Test
    void nobodyNoticesThatTheHandlerIsStoppedAndStarted() throws Exception {
        try (Swarm swarm = Swarm.talking(gateway.uri(), "/echo", CLIENTS)) {
            swarm.awaitEveryoneAnswered(PATIENCE);
            bundles.stop(ECHO);
            bundles.start(ECHO);
            swarm.awaitEveryoneAnswered(PATIENCE);
            Figures.note("takeover", "stop and start by the shell: longest wait " + swarm.takeLongestWait());
            assertUnnoticed(swarm.stop());
        }
    }

    @Test
    void nobodyNoticesThatTheHandlerIsUninstalledAndDroppedIn() throws Exception {
        Path next = BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.2.0");
        try (Swarm swarm = Swarm.talking(gateway.uri(), "/echo", CLIENTS)) {
            swarm.awaitEveryoneAnswered(PATIENCE);
            bundles.uninstall(ECHO);
            gateway.deploy(next, "echo.jar");
            bundles.awaitVersion(ECHO, "0.2.0");
            swarm.awaitEveryoneAnswered(PATIENCE);
            Figures.note("takeover", "uninstall and drop: longest wait " + swarm.takeLongestWait());
            assertUnnoticed(swarm.stop());
        }
    }

    @Test
    void nobodyNoticesUpdatesOfAHandlerThatMayBlock() throws Exception {
        TestBundle bundle = TestBundle.of("pooled-echo", PooledEchoHandler.class);
        gateway.deploy(bundle.build(), "pooled-echo.jar");
        bundles.awaitVersion("io.fieldgate.itest.pooled-echo", "1.0.0");
        try (Swarm swarm = Swarm.talking(gateway.uri(), "/pooled-echo", POOLED_CLIENTS)) {
            swarm.awaitEveryoneAnswered(PATIENCE);
            for (int i = 1; i <= POOLED_UPDATES; i++) {
                String version = "1.0." + i;
                gateway.deploy(bundle.version(version).build(), "pooled-echo.jar");
                bundles.awaitVersion("io.fieldgate.itest.pooled-echo", version);
                swarm.awaitEveryoneAnswered(PATIENCE);
                Figures.note("takeover", "pooled, update to " + version + ": longest wait " + swarm.takeLongestWait());
            }
            assertUnnoticed(swarm.stop());
        }
    }

    private static void assertUnnoticed(SwarmReport report) throws IOException {
        Figures.note("takeover", report.toString());
        report.assertWhole();
        assertTrue(report.longestWait().compareTo(GENEROUS) < 0, report::toString);
    }
}
