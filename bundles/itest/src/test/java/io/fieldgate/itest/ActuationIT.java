package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of an output when whoever drives it is lost, with all that is shipped. */
class ActuationIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String HEATER = "\"point\":\"sim/tank/heater\",\"value\":50,\"safe\":10";

    @Test
    void anOutputGoesToItsSafeValueWhenNobodyDrivesItAnyMore() throws Exception {
        GatewayHome home =
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("loopback.role", "operator"));
        try (GatewayProcess gateway = GatewayProcess.start(home)) {
            notRepeated(gateway);
            clientLost(gateway);
            clientParked(gateway);
            int before = safeValues(gateway);

            assertEquals(0, gateway.terminate(LIMIT));

            assertEquals(before + 1, safeValues(gateway), gateway::log);
        }
    }

    private static void notRepeated(GatewayProcess gateway) throws IOException {
        // One who only watches: whoever writes skips what comes before the answer.
        try (LiveProbe other = LiveProbe.open(gateway.uri());
                LiveProbe live = LiveProbe.open(gateway.uri())) {
            other.ask("subscribe", "\"filters\":[\"sim/tank/heater\"],\"mode\":\"every\"");
            ok(live.ask("write", HEATER + ",\"holdMs\":500"));

            other.awaitText("\"point\":\"sim/tank/heater\",\"value\":50\\.0");
            other.awaitText("\"point\":\"sim/tank/heater\",\"value\":10\\.0");
        }
        await().atMost(LIMIT)
                .until(() -> audit(gateway)
                        .contains("\"who\":\"gateway\",\"from\":\"\",\"action\":\"safe value\","
                                + "\"subject\":\"sim/tank/heater\",\"outcome\":\"done\""));
    }

    private static void clientLost(GatewayProcess gateway) throws IOException {
        try (LiveProbe other = LiveProbe.open(gateway.uri())) {
            other.ask("subscribe", "\"filters\":[\"sim/tank/heater\"],\"mode\":\"every\"");
            LiveProbe live = LiveProbe.open(gateway.uri());
            ok(live.ask("write", HEATER + ",\"holdMs\":0"));
            other.awaitText("\"point\":\"sim/tank/heater\",\"value\":50\\.0");

            live.socket().abort();

            other.awaitText("\"point\":\"sim/tank/heater\",\"value\":10\\.0");
        }
    }

    /** The client stays there, and its output too, until the gateway stops. */
    private static void clientParked(GatewayProcess gateway) throws Exception {
        LiveProbe live = LiveProbe.open(gateway.uri());
        ok(live.ask("write", HEATER + ",\"holdMs\":0"));

        gateway.bundles().stop("io.fieldgate.handler.live");
        gateway.bundles().start("io.fieldgate.handler.live");

        String read = live.ask("read", "\"points\":[\"sim/tank/heater\"]");
        assertTrue(read.contains("\"value\":50.0"), read);
    }

    private static int safeValues(GatewayProcess gateway) {
        return gateway.home().logged().split("sim/tank/heater has its safe value now").length - 1;
    }

    private static void ok(String answer) {
        assertTrue(answer.contains("\"op\":\"ok\""), answer);
    }

    private static String audit(GatewayProcess gateway) throws IOException {
        return Files.readString(gateway.home().path().resolve("data/security/audit.log"));
    }
}
