package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies in {@code deploy/} runs; what is taken out of it does not. */
class DeployIT {

    private static final String ECHO = "io.fieldgate.handler.echo";

    /** Two seconds are promised, and how long it took is noted; the rest is for a machine that is busy. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayProcess.start(
                GatewayHome.create().configure("io.fieldgate.core.sockets", Map.of("takeover.s", "10")));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aNewHandlerAnswersSoonIsReplacedAndLeaves() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        assertEquals(404, status("/version"));

        Path jar = bundle.version("1.0.0").build();
        long begin = System.nanoTime();
        gateway.deploy(jar, "version.jar");
        await("its path answers")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status("/version") == 101);
        Figures.note("deploy", "a new handler answers after " + Duration.ofNanos(System.nanoTime() - begin));
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened 1.0.0", client.text());

            gateway.deploy(bundle.version("1.1.0").build(), "version.jar");
            assertEquals("resumed 1.1.0", client.text());
            assertEquals("hello 1.1.0", client.ask("hello"));

            gateway.undeploy("version.jar");
            assertEquals(1012, client.closeCode(Duration.ofSeconds(20)));
        }
        assertEquals(404, status("/version"));
    }

    @Test
    void theSameVersionWithOtherContentReplacesTheOneBefore() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        gateway.deploy(bundle.build(), "version.jar");
        await("its path answers").atMost(SOON).until(() -> status("/version") == 101);
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened 1.0.0", client.text());
            gateway.deploy(bundle.text("changed.txt", "other content").build(), "version.jar");
            assertEquals("resumed 1.0.0", client.text());
        }
    }

    @Test
    void aShippedBundleIsReplacedAndComesBackUnderTheSameClient() throws Exception {
        BundleList bundles = gateway.bundles();
        String shipped = bundles.of(ECHO).version();
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("one", client.ask("one"));

            gateway.deploy(BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.9.0"), "echo.jar");
            bundles.awaitVersion(ECHO, "0.9.0");
            assertEquals("two", client.ask("two"));

            gateway.undeploy("echo.jar");
            bundles.awaitVersion(ECHO, shipped);
            assertEquals("three", client.ask("three"));
        }
    }

    @Test
    void whatWasDeployedIsThereAfterTheNextStartAndWhatWasTakenAwayIsNot() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        gateway.deploy(bundle.build(), "version.jar");
        gateway.deploy(BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.9.0"), "echo.jar");
        gateway.bundles().awaitVersion(ECHO, "0.9.0");
        gateway.terminate(Duration.ofSeconds(5));
        gateway.undeploy("echo.jar");

        try (GatewayProcess next = GatewayProcess.start(gateway.home())) {
            assertEquals(101, statusAt(next, "/version"));
            assertFalse(next.bundles().of(ECHO).version().equals("0.9.0"));
        }
    }

    private int status(String path) throws Exception {
        return statusAt(gateway, path);
    }

    private static int statusAt(GatewayProcess gateway, String path) throws Exception {
        return WebSocketProbe.ask(Upgrade.to(gateway.uri(), path)).status();
    }
}
