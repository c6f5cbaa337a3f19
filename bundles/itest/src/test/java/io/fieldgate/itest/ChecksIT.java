package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.testkit.Conversation;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayChecks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped bears all that the test kit asks of the bundles of others. */
class ChecksIT {

    private static final int UPDATES = 3;

    private static final List<String> HANDLERS = Distribution.names("io.fieldgate.handler.");
    private static final List<String> DRIVERS = Distribution.names("io.fieldgate.driver.");

    /**
     * Without hardware none of their code runs; {@link SerialIT} and the emulated machine (docs/emulated-machine.md) replace them while they
     * work.
     */
    private static final Set<String> HARDWARE =
            Set.of("io.fieldgate.driver.gpio", "io.fieldgate.driver.i2c", "io.fieldgate.driver.serial");

    /** All handlers and drivers. */
    static Stream<String> shipped() {
        return Stream.concat(HANDLERS.stream(), DRIVERS.stream());
    }

    /** Those handlers that have a path for WebSockets. */
    static Stream<String> conversing() {
        return HANDLERS.stream().filter(handler -> !handler.equals("io.fieldgate.handler.dashboard"));
    }

    /** Those of which code runs: of the page's bundle only files are read, and no class. */
    static Stream<String> running() {
        return Stream.concat(conversing(), DRIVERS.stream()).filter(bundle -> !HARDWARE.contains(bundle));
    }

    /** Those that have points on any machine. */
    static Stream<String> drivers() {
        return Stream.of("io.fieldgate.driver.linux", "io.fieldgate.driver.sim");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("shipped")
    void survivesAnUpdateUnderLoad(String bundle) throws Exception {
        var report = checks(bundle).updates(UPDATES).survivesAnUpdateUnderLoad();

        assertEquals(UPDATES, report.stalls().size());
        Figures.note("checks", bundle + ": " + report);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("running")
    void leaksNoClassLoader(String bundle) throws Exception {
        checks(bundle).updates(2).leaksNoClassLoader();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("conversing")
    void bearsASlowClient(String handler) throws Exception {
        checks(handler).bearsASlowClient();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("drivers")
    void handlersBearTheLossOfADriver(String driver) throws Exception {
        checks("io.fieldgate.handler.live").bearsTheLossOfADriver(driver);
    }

    @WaitingTest
    void theEchoDoesNotKnowOfDrivers() throws Exception {
        checks("io.fieldgate.handler.echo").bearsTheLossOfADriver("io.fieldgate.driver.sim");
    }

    /** What serves no path of its own is used by those who talk at {@code /live}. */
    private static GatewayChecks checks(String bundle) {
        GatewayChecks checks = GatewayChecks.of(Distribution.bundle(bundle)).clients(30);
        if (bundle.endsWith(".modbus")) {
            checks.configured(
                    bundle + ".server-checked",
                    Map.of("listen", "127.0.0.1:0", "points", "sim/tank/level table=input address=0 type=float32"));
        }
        return bundle.endsWith(".echo") ? checks.at("/echo") : checks.at("/live", Conversation.live());
    }
}
