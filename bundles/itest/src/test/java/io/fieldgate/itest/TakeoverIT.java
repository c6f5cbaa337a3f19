package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thousand clients talk all the time, and their handler is replaced under them. */
class TakeoverIT {

    private static final int CLIENTS = 1_000;
    private static final int UPDATES = 10;
    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The wait is reported, not judged, for the machine may be busy with other things; this much would be a fault. */
    private static final Duration GENEROUS = Duration.ofSeconds(10);

    private GatewayProcess gateway;
    private BundleList bundles;

    @BeforeEach
    void start() throws IOException {
        gateway = GatewayProcess.start();
        bundles = new BundleList(gateway);
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
                gateway.deploy(TestBundle.reversioned(Distribution.bundle(ECHO), version), "echo.jar");
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
        Path next = TestBundle.reversioned(Distribution.bundle(ECHO), "0.2.0");
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

    private static void assertUnnoticed(SwarmReport report) throws IOException {
        Figures.note("takeover", report.toString());
        report.assertWhole();
        assertTrue(report.longestWait().compareTo(GENEROUS) < 0, report::toString);
    }
}
