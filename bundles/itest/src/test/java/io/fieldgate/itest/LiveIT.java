package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the hardware to the client and back, through everything that is shipped. */
class LiveIT {

    @Test
    void aViewerIsToldWhatChangesAndMayNotWrite() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start();
                LiveProbe viewer = LiveProbe.open(gateway.uri())) {
            String subscribed =
                    viewer.ask("subscribe", "\"filters\":[\"sim/tank/**\",\"linux/**\"],\"mode\":\"latest\"");
            assertTrue(subscribed.contains("\"op\":\"ok\"") && subscribed.contains("\"epoch\":"), subscribed);
            // First what may be said once only: the load of a machine that has all its hands full stays the same.
            viewer.awaitText("\"op\":\"samples\".*\"point\":\"linux/cpu/load\",\"value\":\\d");
            viewer.awaitText("\"op\":\"samples\".*\"point\":\"sim/tank/level\",\"value\":\\d");

            String refused = viewer.ask("write", "\"point\":\"sim/tank/heater\",\"value\":50");
            assertTrue(refused.contains("\"op\":\"error\""), refused);
        }
    }

    @Test
    void whatAnOperatorWritesIsSeenByOthers() throws Exception {
        GatewayHome home =
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("loopback.role", "operator"));
        try (GatewayProcess gateway = GatewayProcess.start(home);
                LiveProbe operator = LiveProbe.open(gateway.uri());
                LiveProbe other = LiveProbe.open(gateway.uri())) {
            other.ask("subscribe", "\"filters\":[\"sim/tank/heater\"],\"mode\":\"every\"");

            String written = operator.ask("write", "\"point\":\"sim/tank/heater\",\"value\":37.5");

            assertTrue(written.contains("\"op\":\"ok\""), written);
            other.awaitText("\"point\":\"sim/tank/heater\",\"value\":37\\.5");
            var read = gateway.get("/api/points/sim/tank/heater");
            assertEquals(200, read.statusCode());
            assertTrue(read.body().contains("37.5"), read::body);
        }
    }
}
