package io.fieldgate.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedTrafficTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void tellsHowLateSamplesAreAndHowManyWereMissed() throws IOException {
        List<String> said = List.of(
                "{\"op\":\"ok\",\"id\":1,\"epoch\":\"e\"}",
                "{\"op\":\"samples\",\"samples\":[" + sample("load-1/p1", 0) + ',' + sample("load-1/p12", 400) + "]}",
                "{\"op\":\"lagged\",\"missed\":57,\"samples\":[" + sample("load-1/p1", 700) + "]}");
        try (ScriptedServer server = new ScriptedServer(request -> said);
                Load load = new Load(server.port())) {
            TimedTraffic traffic = TimedTraffic.start(load, "**", 12);
            load.await(() -> traffic.count() == 3, LIMIT, "three samples");

            assertEquals(57, traffic.missed());
            assertTrue(traffic.longestGapNanos() > 0);
            assertTrue(traffic.latenessMillis(0.3) < traffic.latenessMillis(0.6));
            assertTrue(traffic.latenessMillis(0.6) < traffic.latenessMillis(1));
            assertTrue(traffic.latenessMillis(1) >= 700, () -> "is " + traffic.latenessMillis(1));
            traffic.reset();
            assertEquals(0, traffic.count() + traffic.missed() + traffic.longestGapNanos());
        }
    }

    private static String sample(String point, long ago) {
        String time = Instant.ofEpochMilli(System.currentTimeMillis() - ago).toString();
        String millis = time.contains(".") ? time : time.replace("Z", ".000Z");
        return "{\"point\":\"benchmark/" + point + "\",\"value\":0.5,\"quality\":\"uncertain\",\"time\":\"" + millis
                + "\",\"seq\":1}";
    }
}
