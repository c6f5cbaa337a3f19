package io.fieldgate.handler.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servlets in a real container, at the patterns that they declare. */
class PageServletTest {

    private static final Path FOLDER = Path.of("src/main/resources/page");

    private static Server server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new RootServlet()), "");
        context.addServlet(new ServletHolder(new FilesServlet()), "/dashboard/*");
        server.setHandler(context);
        server.start();
        port = connector.getLocalPort();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=utf-8",
        "/dashboard/app.js, text/javascript;charset=utf-8",
        "/dashboard/style.css, text/css;charset=utf-8",
        "/dashboard/icon.svg, image/svg+xml"
    })
    void servesThePage(String path, String type) throws Exception {
        HttpResponse<String> response = send("GET", path);

        assertEquals(200, response.statusCode());
        assertEquals(type, header(response, "Content-Type"));
        assertEquals("no-cache", header(response, "Cache-Control"));
        assertTrue(header(response, "Content-Security-Policy").startsWith("default-src 'self';"));
        String file = path.equals("/") ? "index.html" : path.substring(1);
        assertEquals(Files.readString(FOLDER.resolve(file)), response.body());
    }

    @Test
    void servesEveryFileOfItsFolder() throws Exception {
        try (Stream<Path> files = Files.walk(FOLDER.resolve("dashboard"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/" + FOLDER.relativize(file).toString().replace('\\', '/');
                assertEquals(200, send("GET", path).statusCode(), path);
            }
        }
    }

    @Test
    void sendsNothingThatTheBrowserHas() throws Exception {
        String tag = header(send("GET", "/dashboard/app.js"), "ETag");

        assertEquals(304, send("GET", "/dashboard/app.js", "If-None-Match", tag).statusCode());
        assertEquals(
                200,
                send("GET", "/dashboard/app.js", "If-None-Match", "\"other\"").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"/dashboard/", "/dashboard/none.js", "/dashboard/index.html"})
    void hasNoOtherFile(String path) throws Exception {
        HttpResponse<String> response = send("GET", path);

        assertEquals(404, response.statusCode());
        assertEquals("application/problem+json", header(response, "Content-Type"));
    }

    @Test
    void leavesOtherPathsAlone() throws Exception {
        assertEquals(
                "",
                send("GET", "/elsewhere")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""));
    }

    @Test
    void takesNoOtherMethod() throws Exception {
        HttpResponse<String> response = send("POST", "/");

        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", header(response, "Allow"));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("no " + name);
    }

    private static HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
