package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.itest.subject.CarriedPage;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.itest.subject.VersionServlet;
import io.fieldgate.testkit.GatewayExam;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/** A bundle with a servlet and pages is replaced again and again, step by step as the installer does it, under 200 requests a second. */
public class ReplacedServletIT extends GatewayExam {

    private static final int TIMES = 20;
    private static final int PERIOD_MS = 5;
    private static final String NEXT = "fieldgate.itest.next";

    private static final List<String> PATHS =
            List.of("replaced/servlet", "replaced/page/hello.txt", "carried/hello.txt");
    private static final String SERVLET = PATHS.get(0);

    @Override
    protected List<Path> bundles() {
        return List.of();
    }

    @Override
    protected Option[] more() throws IOException {
        return options(
                systemProperty(NEXT + 0).value(version("1.0.0")),
                systemProperty(NEXT + 1).value(version("2.0.0")));
    }

    @Test
    public void noRequestNoticesThatWhatServesItIsReplaced() throws Exception {
        URI gateway = uri();
        Bundle current = context.installBundle(System.getProperty(NEXT + 0));
        current.start();
        HttpClient client = HttpClient.newHttpClient();
        await().atMost(PATIENCE)
                .until(() -> PATHS.stream()
                        .allMatch(path ->
                                ask(client, gateway.resolve(path)).join().statusCode() == 200));

        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Queue<CompletableFuture<Integer>> statuses = new ConcurrentLinkedQueue<>();
        Future<?> load = clock.scheduleAtFixedRate(
                () -> statuses.add(ask(client, gateway.resolve(PATHS.get(statuses.size() % PATHS.size())))
                        .thenApply(HttpResponse::statusCode)),
                0,
                PERIOD_MS,
                TimeUnit.MILLISECONDS);
        try {
            for (int i = 1; i <= TIMES; i++) {
                CompletableFuture<String> socket = CompletableFuture.supplyAsync(() -> greeting(gateway));
                current = replace(current, System.getProperty(NEXT + i % 2));
                assertTrue(socket.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).startsWith("opened "));
                assertEquals(
                        current.getVersion().toString(),
                        ask(client, gateway.resolve(SERVLET)).join().body());
                int before = statuses.size();
                await().atMost(PATIENCE).until(() -> statuses.size() > before + PATHS.size());
            }
        } finally {
            load.cancel(false);
            clock.shutdown();
            assertTrue(clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(
                Map.of(200, (long) statuses.size()),
                statuses.stream()
                        .map(CompletableFuture::join)
                        .collect(Collectors.groupingBy(status -> status, Collectors.counting())));
    }

    /** What the installer does: the new one is there, and resolved, before the old one goes. */
    private Bundle replace(Bundle old, String location) throws BundleException {
        Bundle next = context.installBundle(location);
        ServiceRegistration<Condition> replacing = context.registerService(
                Condition.class,
                Condition.INSTANCE,
                new Hashtable<>(Map.of(Condition.CONDITION_ID, Gateway.REPLACING, Gateway.REPLACED_BUNDLES, new Long[] {
                    old.getBundleId()
                })));
        old.stop();
        next.start();
        replacing.unregister();
        old.uninstall();
        return next;
    }

    /** What a new WebSocket is told first. */
    private static String greeting(URI gateway) {
        try (WebSocketProbe client = WebSocketProbe.open(gateway, "/version")) {
            return client.text();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(HttpClient client, URI page) {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(20)).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String version(String version) throws IOException {
        return TestBundle.of("replaced", VersionServlet.class, VersionHandler.class, CarriedPage.class)
                .version(version)
                .text("page/hello.txt", "hello")
                .build()
                .toUri()
                .toString();
    }
}
