package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the examples of docs/protocol.md that go over HTTP. */
class HttpDocumentTest {

    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer(Fixtures.tank(), 10);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    static List<ProtocolDocument.Example> requests() throws IOException {
        List<ProtocolDocument.Example> examples = ProtocolDocument.examples("http");
        assertTrue(examples.size() >= 5, "the document has lost its examples");
        return examples;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersWhatTheDocumentSays(ProtocolDocument.Example example) throws Exception {
        List<String> lines = example.lines();
        int at = 0;
        while (!lines.get(at).startsWith("HTTP/1.1 ")) {
            at++;
        }
        HttpResponse<InputStream> response = send(lines.subList(0, at));
        List<String> expected = lines.subList(at, lines.size());
        int blank = expected.indexOf("");

        try (InputStream in = response.body()) {
            assertEquals(expected.get(0).split(" ", -1)[1], Integer.toString(response.statusCode()));
            for (String header : expected.subList(1, blank)) {
                String[] parts = header.split(": ", 2);
                assertEquals(
                        parts[1], response.headers().firstValue(parts[0]).orElse("no " + parts[0]), example::toString);
            }
            String body = String.join("\n", expected.subList(blank + 1, expected.size()));
            byte[] got = in.readNBytes(body.getBytes(StandardCharsets.UTF_8).length);
            assertEquals(body, new String(got, StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<InputStream> send(List<String> lines) throws Exception {
        String[] words = lines.get(0).split(" ", -1);
        URI uri = URI.create("http://127.0.0.1:" + server.port() + words[1]);
        int blank = lines.indexOf("");
        String body = blank < 0 ? "" : String.join("\n", lines.subList(blank + 1, lines.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .method(words[0], HttpRequest.BodyPublishers.ofString(body));
        for (String header : lines.subList(1, blank < 0 ? lines.size() : blank)) {
            request.setHeader(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
