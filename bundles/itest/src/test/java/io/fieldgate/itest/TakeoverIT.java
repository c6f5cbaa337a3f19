package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.PooledEchoHandler;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayChecks;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Swarm;
import io.fieldgate.testkit.SwarmReport;
import io.fieldgate.testkit.UpdateReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void nobodyNoticesTenUpdatesThroughTheDeployFolder() throws Exception {
        UpdateReport report = GatewayChecks.of(Distribution.bundle(ECHO))
                .at("/echo")
                .clients(CLIENTS)
                .updates(UPDATES)
                .survivesAnUpdateUnderLoad();

        note("echo", report);
    }

    @Test
    void nobodyNoticesUpdatesOfAHandlerThatMayBlock() throws Exception {
        UpdateReport report = GatewayChecks.of(
                        TestBundle.of("pooled-echo", PooledEchoHandler.class).build())
                .at("/pooled-echo")
                .clients(POOLED_CLIENTS)
                .updates(POOLED_UPDATES)
                .survivesAnUpdateUnderLoad();

        note("pooled echo", report);
    }

    @Test
    void nobodyNoticesThatTheHandlerIsStoppedAndStarted() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start();
                Swarm swarm = Swarm.talking(gateway.uri(), "/echo", CLIENTS)) {
            BundleList bundles = gateway.bundles();
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
        try (GatewayProcess gateway = GatewayProcess.start();
                Swarm swarm = Swarm.talking(gateway.uri(), "/echo", CLIENTS)) {
            BundleList bundles = gateway.bundles();
            swarm.awaitEveryoneAnswered(PATIENCE);
            bundles.uninstall(ECHO);
            gateway.deploy(next, "echo.jar");
            bundles.awaitVersion(ECHO, "0.2.0");
            swarm.awaitEveryoneAnswered(PATIENCE);
            Figures.note("takeover", "uninstall and drop: longest wait " + swarm.takeLongestWait());
            assertUnnoticed(swarm.stop());
        }
    }

    private static void note(String what, UpdateReport report) throws IOException {
        Figures.note("takeover", what + ", before any update: longest wait " + report.before());
        for (Duration stall : report.stalls()) {
            Figures.note("takeover", what + ", update: longest wait " + stall);
        }
        assertInTime(report.clients());
    }

    private static void assertUnnoticed(SwarmReport report) throws IOException {
        report.assertWhole();
        assertInTime(report);
    }

    private static void assertInTime(SwarmReport report) throws IOException {
        Figures.note("takeover", report.toString());
        assertTrue(report.longestWait().compareTo(GENEROUS) < 0, report::toString);
    }
}
