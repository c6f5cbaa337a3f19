package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.FailingHandler;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that is no good is named in the log, and what was there before goes on. */
class BadFilesIT {

    private static final String TANK = "io.fieldgate.driver.sim-tank";

    private GatewayProcess gateway;
    private WebSocketProbe echo;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayProcess.start();
        echo = WebSocketProbe.open(gateway.uri(), "/echo");
        assertEquals("before", echo.ask("before"));
    }

    @AfterEach
    void stop() throws Exception {
        try (WebSocketProbe client = echo) {
            assertEquals("after", client.ask("after"));
        } finally {
            gateway.close();
        }
    }

    @Test
    void aConfigurationWithABadValueIsNamedAndTheOneBeforeGoesOn() throws Exception {
        gateway.home().configure(TANK, Map.of("fieldgate.driver.id", "sim", "height.m", "3.5"));
        awaitTankHeight("3.5");

        gateway.home().configure(TANK, Map.of("fieldgate.driver.id", "sim", "height.m", "-1"));
        gateway.awaitLog(TANK + ".cfg", "height.m", "-1");

        awaitTankHeight("3.5");
        gateway.home().configure(TANK, Map.of("fieldgate.driver.id", "sim", "height.m", "4.5"));
        awaitTankHeight("4.5");
    }

    @Test
    void aConfigurationWithAnUnknownWordForANumberIsNamedToo() throws Exception {
        gateway.home().configure(TANK, Map.of("fieldgate.driver.id", "sim", "height.m", "3.5"));
        awaitTankHeight("3.5");

        gateway.home().configure(TANK, Map.of("fieldgate.driver.id", "sim", "height.m", "tall"));
        gateway.awaitLog(TANK + ".cfg", "height.m", "tall");

        awaitTankHeight("3.5");
    }

    @Test
    void aFileThatIsNoJarIsNamedAndTheRestRunsOn() throws Exception {
        Path file = Files.writeString(gateway.home().path().resolve("broken.tmp"), "this is no jar");

        gateway.deploy(file, "broken.jar");

        gateway.awaitLog("broken.jar");
        assertEquals(200, gateway.get("/").statusCode());
    }

    @Test
    void aBrokenNextVersionLeavesTheOneBeforeRunning() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        gateway.deploy(bundle.version("1.0.0").build(), "version.jar");
        gateway.bundles().awaitVersion("io.fieldgate.itest.version", "1.0.0");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened 1.0.0", client.text());
            Path half = gateway.home().path().resolve("half.tmp");
            byte[] next = Files.readAllBytes(bundle.version("1.1.0").build());
            Files.write(half, Arrays.copyOf(next, next.length / 2));

            gateway.deploy(half, "version.jar");

            gateway.awaitLog("version.jar");
            assertEquals("hello 1.0.0", client.ask("hello"));
        }
    }

    @Test
    void aBundleThatDoesNotResolveIsNamedWithWhatItLacks() throws Exception {
        Path jar = TestBundle.of("lacking", VersionHandler.class)
                .header("Import-Package", "no.such.thing,*")
                .build();

        gateway.deploy(jar, "lacking.jar");

        gateway.awaitLog("lacking.jar", "no.such.thing");
    }

    @Test
    void aComponentThatFailsIsNamedWithItsCause() throws Exception {
        gateway.deploy(TestBundle.of("failing", FailingHandler.class).build(), "failing.jar");

        gateway.awaitLog("this component fails on purpose");
        assertTrue(gateway.log().contains("io.fieldgate.itest.failing"));
    }

    private void awaitTankHeight(String metres) throws Exception {
        try (LiveProbe live = LiveProbe.open(gateway.uri())) {
            await("the tank is " + metres + " m high")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> live.ask("devices", "").contains(metres));
        }
    }
}
