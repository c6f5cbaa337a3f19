package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.CarriedPage;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that are mounted and pages that bundles carry, in the distribution, while it runs. */
class StaticFilesIT {

    private static final String PID = "io.fieldgate.transport.files";

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aFolderIsMountedChangedAndTakenAwayWhileTheGatewayRuns() throws Exception {
        Path folder = Files.createDirectories(gateway.home().path().resolve("pages"));
        Files.writeString(folder.resolve("index.html"), "mine");
        Path etc = gateway.home().path().resolve("etc").resolve(PID + "-mine.cfg");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            gateway.home().configure(PID + "-mine", Map.of("path", "/mine", "folder", "pages"));
            soon("it is mounted").until(() -> gateway.get("/mine/").body().equals("mine"));
            soon("it counts as good").until(() -> timesApplied(PID + "-mine.cfg") == 1);
            Files.writeString(folder.resolve("index.html"), "ours");
            assertEquals("ours", gateway.get("/mine/").body());

            Files.writeString(folder.resolve("a.txt"), "a");
            Files.writeString(folder.resolve("a.txt.gz"), "not asked for");
            HttpResponse<String> plain = get("/mine/a.txt", "Accept-Encoding", "identity");
            assertEquals("a", plain.body());
            assertEquals(
                    Set.of("Origin", "Accept-Encoding"),
                    Set.copyOf(plain.headers().allValues("Vary")));

            gateway.home().configure(PID + "-mine", Map.of("path", "/moved", "folder", "pages"));
            soon("it is moved").until(() -> gateway.get("/moved/").body().equals("ours"));
            assertEquals(404, gateway.get("/mine/").statusCode());
            soon("it counts as good").until(() -> timesApplied(PID + "-mine.cfg") == 2);

            gateway.home().configure(PID + "-mine", Map.of("path", "moved", "folder", "pages"));
            gateway.awaitLog(PID + "-mine.cfg", "path must be");
            soon("the values before are back")
                    .until(() -> gateway.get("/moved/").statusCode() == 200);

            Files.delete(etc);
            soon("it is gone").until(() -> gateway.get("/moved/").statusCode() == 404);
            assertEquals("hello", client.ask("hello"), "nobody was disturbed");
        }
    }

    @Test
    void aPageOfOnesOwnGoesBeforeTheDashboard() throws Exception {
        Path folder = Files.createDirectories(gateway.home().path().resolve("own"));
        Files.writeString(folder.resolve("index.html"), "my own page");
        Path etc = gateway.home().path().resolve("etc").resolve(PID + "-own.cfg");
        gateway.home().configure(PID + "-own", Map.of("path", "/", "folder", "own"));
        soon("it is the page").until(() -> gateway.get("/").body().equals("my own page"));
        assertEquals(200, gateway.get("/dashboard/app.js").statusCode());
        assertEquals(426, gateway.get("/echo").statusCode());
        Files.delete(etc);
        soon("the dashboard is back").until(() -> gateway.get("/").body().contains("dashboard/app.js"));
    }

    @Test
    void saysOnceThatAFolderIsMissing() throws Exception {
        gateway.home().configure(PID + "-missing", Map.of("path", "/missing", "folder", "none"));
        soon("it is mounted").until(() -> gateway.get("/missing/a").statusCode() == 503);
        gateway.get("/missing/a");
        assertEquals(
                1,
                gateway.log()
                        .lines()
                        .filter(line -> line.contains(" WARN ") && line.contains("/none "))
                        .distinct()
                        .count());
    }

    @Test
    void whatABundleCarriesChangesWithTheBundle() throws Exception {
        Path first = carried("1.0.0", "one");
        gateway.deploy(first, "carried.jar");
        soon("the first page is there")
                .until(() -> gateway.get("/carried/").body().equals("one"));
        String tag = header(gateway.get("/carried/"), "ETag");

        gateway.deploy(carried("1.1.0", "two"), "carried.jar");
        soon("the second page is there")
                .until(() -> gateway.get("/carried/").body().equals("two"));
        HttpResponse<String> second = get("/carried/", "If-None-Match", tag);
        assertEquals(200, second.statusCode());
        assertNotEquals(tag, header(second, "ETag"));
        assertEquals(
                304, get("/carried/", "If-None-Match", header(second, "ETag")).statusCode());

        gateway.undeploy("carried.jar");
        soon("no page is there").until(() -> gateway.get("/carried/").statusCode() == 404);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=utf-8",
        "/dashboard/app.js, text/javascript;charset=utf-8",
        "/dashboard/style.css, text/css;charset=utf-8",
        "/dashboard/uplot/uPlot.min.css, text/css;charset=utf-8"
    })
    void servesTheDashboard(String path, String type) throws Exception {
        HttpResponse<String> response = gateway.get(path);

        assertEquals(200, response.statusCode());
        assertEquals(type, header(response, "Content-Type"));
        assertEquals("no-cache", header(response, "Cache-Control"));
        assertEquals(
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
                header(response, "Content-Security-Policy"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(response, "Referrer-Policy"));
        assertEquals(304, get(path, "If-None-Match", header(response, "ETag")).statusCode());
        assertEquals(200, get(path, "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void servesEveryFileOfTheDashboardAndNoOther() throws Exception {
        Path page = Sources.root().resolve("bundles/handler.dashboard/src/main/resources/page");
        try (Stream<Path> files = Files.walk(page)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                HttpResponse<String> response = gateway.get("/" + page.relativize(file));
                assertEquals(200, response.statusCode(), file::toString);
                assertEquals(Files.readString(file), response.body(), file::toString);
            }
        }
        for (String path : new String[] {
            "/dashboard/",
            "/dashboard/none.js",
            "/dashboard/index.html",
            "/elsewhere",
            "/META-INF/MANIFEST.MF",
            "/OSGI-INF/",
            "/page/index.html"
        }) {
            HttpResponse<String> response = gateway.get(path);
            assertEquals(404, response.statusCode(), path);
            assertEquals("application/problem+json", header(response, "Content-Type"));
            assertTrue(header(response, "Content-Security-Policy").startsWith("default-src 'self'"));
        }
    }

    @Test
    void takesNoOtherMethod() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(gateway.uri().resolve("/"))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(post, BodyHandlers.ofString());

        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(response, "Allow"));
        assertEquals("application/problem+json", header(response, "Content-Type"));
    }

    /** How often values were found good: only these come back after bad ones. */
    private static long timesApplied(String file) {
        return gateway.log()
                .lines()
                .filter(line -> line.endsWith(file + " is applied"))
                .distinct()
                .count();
    }

    private static Path carried(String version, String page) throws IOException {
        return TestBundle.of("carried", CarriedPage.class)
                .version(version)
                .text("page/index.html", page)
                .build();
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(20));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("no " + name);
    }

    private static HttpResponse<String> get(String path, String header, String value) throws Exception {
        URI uri = gateway.uri().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(header, value)
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
