package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver that fails says why, takes nobody with it, and is back by itself when its device is. */
class DriverFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The neighbour is read every 200 ms; a machine that is busy with other tests must be borne. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");
    private static final String WELL = "\"quality\":\"uncertain\",\"code\":\"simulated\"";

    private static GatewayProcess gateway;

    private LiveProbe neighbour;

    @BeforeAll
    static void start() throws Exception {
        GatewayHome home = GatewayHome.create()
                .configure("io.fieldgate.core.points", Map.of("call.timeout.s", "2"))
                .configure("io.fieldgate.driver.sim-victim", victim("2.0"))
                .configure(
                        "io.fieldgate.driver.sim.meter-neighbour",
                        Map.of("fieldgate.driver.id", "neighbour", "period.ms", "200"));
        gateway = GatewayProcess.start(home);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void everythingIsWell() throws Exception {
        awaitVictim(WELL);
        neighbour = LiveProbe.open(gateway.uri());
        neighbour.ask("subscribe", "\"filters\":[\"neighbour/meter/voltage-l1\"],\"mode\":\"every\"");
    }

    @AfterEach
    void lift() throws Exception {
        neighbour.close();
        gateway.shell("sim:fault", "victim", "none").orFail();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "no-answer   ; timeout                       ; hung         ; read of 6 points has not returned for 2 s",
                "slow 3000   ; timeout                       ; hung         ; read of 6 points has not returned for 2 s",
                "wrong-value ; out-of-range                  ; running      ; ''",
                "gone        ; disconnected                  ; disconnected ; the device has gone (simulated)",
                "throw       ; device-failure                ; running      ; last read: it threw java.lang.IllegalStateException: the simulated driver throws",
                "garbage     ; (device-failure|not-a-value)  ; running      ; last read:"
            })
    void aFaultIsToldAndFeltByNobodyElseAndPasses(String fault, String code, String state, String why)
            throws Exception {
        Instant began = Instant.now();
        gateway.shell(("sim:fault victim " + fault).split(" ", -1)).orFail();

        awaitVictim("\"quality\":\"bad\",\"code\":\"" + code + '"');
        awaitListed(state, why);
        assertOnTime(began, Instant.now());

        gateway.shell("sim:fault", "victim", "none").orFail();
        awaitVictim(WELL);
        awaitListed("running", "");
    }

    @Test
    void aSlowDriverSlowsNobodyElse() throws Exception {
        Instant began = Instant.now();
        gateway.shell("sim:fault", "victim", "slow", "1000").orFail();

        // Three periods without a reading.
        awaitVictim("\"code\":\"stale\"");
        awaitVictim(WELL);

        assertOnTime(began, Instant.now());
    }

    @Test
    void aDriverThatHangsIsReplacedWhenItsConfigurationChanges() throws Exception {
        gateway.shell("sim:fault", "victim", "no-answer").orFail();
        awaitVictim("\"quality\":\"bad\",\"code\":\"timeout\"");

        gateway.home().configure("io.fieldgate.driver.sim-victim", victim("3.5"));

        awaitVictim(WELL);
        assertTrue(gateway.get("/api/devices").body().contains("3.5 m high"));
        assertLine("victim: none", gateway.shell("sim:faults").orFail());
    }

    @Test
    void theCommandsNameWhatIsWrongAndWhatIsAllowed() throws Exception {
        Outcome unknown = gateway.shell("sim:fault", "nobody", "gone");
        assertEquals(1, unknown.status());
        assertTrue(
                unknown.errors().contains("no simulated driver is called nobody; there are: neighbour, sim, victim"),
                unknown::toString);

        Outcome broken = gateway.shell("sim:fault", "victim", "broken");
        assertEquals(1, broken.status());
        assertTrue(broken.errors().contains("none, no-answer, slow, wrong-value, gone, throw, garbage"));

        String help = gateway.shell("help", "sim:fault").orFail();
        assertTrue(help.contains("switch what is wrong with a simulated driver"), help);
        assertTrue(help.contains("DRIVER KIND"), help);
    }

    /** Fails unless the neighbour was read all the time. */
    private void assertOnTime(Instant began, Instant ended) throws Exception {
        List<Instant> times = new ArrayList<>(List.of(began));
        while (times.get(times.size() - 1).isBefore(ended)) {
            TIME.matcher(neighbour.awaitText("\"op\":\"samples\""))
                    .results()
                    .map(found -> Instant.parse(found.group(1)))
                    .filter(began::isBefore)
                    .forEach(times::add);
        }
        for (int i = 1; i < times.size(); i++) {
            Duration gap = Duration.between(times.get(i - 1), times.get(i));
            assertTrue(gap.compareTo(LONGEST_GAP) < 0, "the neighbour was not read for " + gap);
        }
    }

    private static void awaitVictim(String expression) {
        Pattern wanted = Pattern.compile(expression);
        await("the victim's level is " + expression)
                .atMost(PATIENCE)
                .until(() -> wanted.matcher(
                                gateway.get("/api/points/victim/tank/level").body())
                        .find());
    }

    /** Nothing more may be said than that, but behind a colon something must. */
    private static void awaitListed(String state, String why) {
        String detail = why.isEmpty() ? "" : " +" + Pattern.quote(why) + (why.endsWith(":") ? " .+" : "");
        Pattern line =
                Pattern.compile("(?m)^victim +" + state + " +6 +io\\.fieldgate\\.driver\\.sim \\S+" + detail + "$");
        await("fg:devices says that the victim is " + state + ": " + why)
                .atMost(PATIENCE)
                .until(() -> line.matcher(gateway.shell("fg:devices", "victim").orFail())
                        .find());
    }

    private static void assertLine(String line, String text) {
        assertTrue(text.lines().anyMatch(line::equals), text);
    }

    private static Map<String, String> victim(String height) {
        return Map.of("fieldgate.driver.id", "victim", "period.ms", "200", "height.m", height);
    }
}
