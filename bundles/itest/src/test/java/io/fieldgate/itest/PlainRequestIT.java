package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plain request for the path of a WebSocket is told what is spoken there; pages and servlets are not disturbed. */
class PlainRequestIT {

    @Test
    void aWebSocketsPathIsExplainedAndAllOthersAreAsTheyWere() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            HttpResponse<String> echo = gateway.get("/echo");
            assertAll(
                    () -> assertEquals(426, echo.statusCode()),
                    () -> assertEquals(Optional.of("websocket"), echo.headers().firstValue("Upgrade")),
                    () -> assertEquals(
                            Optional.of("application/problem+json"),
                            echo.headers().firstValue("Content-Type").map(type -> type.replaceFirst(";.*", ""))),
                    () -> assertTrue(echo.body().contains("\"status\":426"), echo::body));
            assertEquals(426, gateway.get("/live").statusCode());
            assertEquals(200, gateway.get("/").statusCode());
            assertEquals(200, gateway.get("/api/devices").statusCode());
            assertEquals(404, gateway.get("/nobody/serves/this").statusCode());
        }
    }
}
