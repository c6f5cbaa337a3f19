package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.itest.subject.VersionServlet;
import io.fieldgate.testkit.GatewayProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A servlet is updated 20 times, by a technician, under 200 requests a second; probation and all. */
class ServletUpdateIT {

    private static final int TIMES = 20;
    private static final int PERIOD_MS = 5;
    private static final String NAME = "io.fieldgate.itest.replaced";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void noRequestNoticesAnUpdate() throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        try (Technician technician = Technician.come();
                GatewayProcess gateway = GatewayProcess.start(technician.home())) {
            update(technician, gateway, 0);
            HttpClient client = HttpClient.newHttpClient();
            URI servlet = gateway.uri().resolve("/replaced/servlet");
            HttpRequest request =
                    HttpRequest.newBuilder(servlet).timeout(PATIENCE).build();
            Future<?> load = clock.scheduleAtFixedRate(
                    () -> {
                        asked.incrementAndGet();
                        var unused = client.sendAsync(request, BodyHandlers.ofString())
                                .whenComplete((answer, failure) -> {
                                    statuses.merge(failure == null ? answer.statusCode() : -1, 1, Integer::sum);
                                    answered.incrementAndGet();
                                });
                    },
                    0,
                    PERIOD_MS,
                    TimeUnit.MILLISECONDS);
            for (int i = 1; i <= TIMES; i++) {
                update(technician, gateway, i);
                assertEquals(
                        "1.0." + i,
                        client.send(request, BodyHandlers.ofString()).body());
            }
            load.cancel(false);
            clock.shutdown();
            await().atMost(PATIENCE).until(() -> clock.isTerminated() && answered.get() == asked.get());
        } finally {
            clock.shutdownNow();
        }
        Figures.note("updates", TIMES + " updates of a servlet under 200 requests/s: answers " + statuses);
        assertEquals(Map.of(200, asked.get()), statuses);
    }

    private static void update(Technician technician, GatewayProcess gateway, int i) throws Exception {
        Path jar = TestBundle.of("replaced", VersionServlet.class)
                .version("1.0." + i)
                .build();
        Technician.Told told = technician.update(gateway, NAME, technician.signed(jar));
        assertEquals("committed", told.state(), told::json);
    }
}
