package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.GatewayProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A bad value for the port of a running gateway is taken back as a whole, so that its bundle can be restarted. */
class PortSettingsIT {

    private static final String PID = "io.fieldgate.transport.http";
    private static final String PANEL = "http://panel.example:8000";

    @Test
    void aBadOriginIsTakenBackAndTheBundleCanBeRestarted() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            gateway.home().configure(PID, Map.of("origins.allowed", PANEL));
            await("the panel is let in")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> statusFor(PANEL, gateway.uri()) == 200);

            gateway.home().configure(PID, Map.of("origins.allowed", "panel.example/"));
            gateway.awaitLog(PID + ".cfg", "the values before are back", "origins.allowed must be");
            assertEquals(200, statusFor(PANEL, gateway.uri()));
            assertEquals(
                    1,
                    gateway.log()
                            .lines()
                            .filter(line -> line.contains(" ERROR io.fieldgate.config"))
                            .distinct() // it is in the file and on the console
                            .count());

            BundleList bundles = gateway.bundles();
            bundles.stop(PID);
            bundles.start(PID);
            await("the port is open again")
                    .atMost(Duration.ofSeconds(15))
                    .ignoreExceptions()
                    .until(() -> statusFor(PANEL, address(gateway.home().path())) == 200);
        }
    }

    /** Where the port is open now: it was left to the system to choose one. */
    private static URI address(Path home) throws Exception {
        Properties run = new Properties();
        run.load(Files.newBufferedReader(home.resolve("data").resolve("run.properties")));
        return URI.create(run.getProperty("url"));
    }

    private static int statusFor(String origin, URI gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway)
                .header("Origin", origin)
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
