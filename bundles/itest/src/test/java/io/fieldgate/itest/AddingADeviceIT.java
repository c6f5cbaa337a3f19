package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An administrator adds a device: looks what is there, tries a configuration, puts it into force, mends it, takes it away. */
class AddingADeviceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BOILER = "io.fieldgate.driver.sim-boiler.cfg";

    private static GatewayProcess gateway;
    private static Path elsewhere;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        elsewhere = Files.createTempDirectory("fieldgate-device");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        Files.deleteIfExists(elsewhere.resolve(BOILER));
        Files.delete(elsewhere);
    }

    private static Outcome test(String... lines) throws Exception {
        Path file = Files.write(elsewhere.resolve(BOILER), List.of(lines));
        return gateway.shell("fg:device-test " + file);
    }

    @Test
    void looksForEveryKindOfHardware() throws Exception {
        String found = gateway.shell("fg:discover").orFail();

        for (String kind : new String[] {"1-wire", "gpio", "i2c", "iio", "serial"}) {
            assertTrue(found.lines().anyMatch(line -> line.startsWith(kind)), found);
        }
        Outcome unknown = gateway.shell("fg:discover can");
        assertNotEquals(0, unknown.status());
        assertTrue(unknown.errors().contains("no bundle looks for \"can\""), unknown::errors);
    }

    @Test
    void aGoodFileIsShownAndGoneAfterwards() throws Exception {
        String shown = test("fieldgate.driver.id=sim", "height.m=4.5").orFail();

        assertTrue(shown.contains("trial-sim/tank/level"), shown);
        assertTrue(shown.contains("could be applied; nothing of it is kept"), shown);
        await().atMost(LIMIT).until(() -> !gateway.shell("fg:points").orFail().contains("trial-"));
        assertTrue(gateway.shell("fg:read sim/tank/level").orFail().contains("sim/tank/level"));
    }

    @Test
    void aFileThatIsWrongSaysWhereAndWhatIsAllowed() throws Exception {
        Outcome tall = test("fieldgate.driver.id=sim", "height.m=tall");
        assertNotEquals(0, tall.status());
        assertTrue(
                tall.errors().contains("height.m=tall is not allowed: it must be a number from 0.1 to 100"),
                tall::errors);

        // What the metatype cannot know, the component says itself.
        Outcome outflow = test("fieldgate.driver.id=sim", "inflow.l.s=1", "outflow.l.s=2");
        assertNotEquals(0, outflow.status());
        assertTrue(outflow.errors().contains("outflow.l.s must be 0.0 to 1.0, is 2.0"), outflow::errors);

        Outcome nothing = gateway.shell("fg:device-test /none.cfg");
        assertNotEquals(0, nothing.status());
        assertFalse(nothing.errors().isBlank());
    }

    @Test
    void aDeviceComesWithItsFileAndGoesWithIt() throws Exception {
        gateway.home().configure("io.fieldgate.driver.sim-kettle", Map.of("fieldgate.driver.id", "kettle"));
        await().atMost(LIMIT).until(() -> gateway.shell("fg:devices").orFail().contains("kettle/tank"));

        gateway.home()
                .configure(
                        "io.fieldgate.driver.sim-kettle",
                        Map.of("fieldgate.driver.id", "kettle", "inflow.l.s", "1", "outflow.l.s", "2"));
        gateway.awaitLog("io.fieldgate.driver.sim-kettle.cfg", "outflow.l.s must be 0.0 to 1.0, is 2.0");
        assertEquals(0, gateway.shell("fg:read kettle/tank/level").status(), "the values before go on");

        Files.delete(gateway.home().path().resolve("etc/io.fieldgate.driver.sim-kettle.cfg"));
        await().atMost(LIMIT).until(() -> !gateway.shell("fg:devices").orFail().contains("kettle running"));
    }
}
