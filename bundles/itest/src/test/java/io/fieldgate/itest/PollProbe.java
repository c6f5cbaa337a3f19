package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without WebSocket, as it would be written by hand: a session, heard by a stream or by polls. */
final class PollProbe implements AutoCloseable {

    static final String JSON = "application/vnd.fieldgate.poll+json";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SESSION = Pattern.compile("\"session\":\"([A-Za-z0-9_-]{22})\"");
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI uri;
    private final URI opening;
    private String session;
    private String cursor;
    private InputStream body;
    private BufferedReader lines;

    /** An event of a stream; the name is empty for a message. */
    record Event(String name, String data) {}

    private PollProbe(URI gateway, String path) {
        opening = gateway.resolve(path);
        uri = gateway.resolve(path.replaceFirst("\\?.*", ""));
    }

    /** Opens a session by a stream. */
    static PollProbe stream(URI gateway, String path) throws Exception {
        PollProbe probe = new PollProbe(gateway, path);
        assertEquals(200, probe.listen());
        Event first = probe.event();
        assertEquals("session", first.name());
        probe.session = found(SESSION, first.data());
        return probe;
    }

    /** Opens a session by a poll. */
    static PollProbe polls(URI gateway, String path) throws Exception {
        PollProbe probe = new PollProbe(gateway, path);
        probe.session = found(SESSION, probe.poll());
        return probe;
    }

    /** Begins a stream behind the last event, and returns the status. */
    int listen() throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(get("text/event-stream"), BodyHandlers.ofInputStream());
        body = answer.body();
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        return answer.statusCode();
    }

    /** Cuts the stream. */
    void cut() throws IOException {
        body.close();
    }

    /** The next event of the stream. */
    Event event() throws IOException {
        String name = "";
        StringBuilder data = new StringBuilder();
        String id = null;
        while (true) {
            String line = lines.readLine();
            assertNotNull(line, "the stream has ended");
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6)).append('\n');
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.isEmpty() && data.length() > 0) {
                cursor = id == null ? cursor : id;
                return new Event(name, data.substring(0, data.length() - 1));
            }
        }
    }

    /** The number of the last event. */
    long heard() {
        return Long.parseLong(cursor.substring(cursor.indexOf('.') + 1));
    }

    /** Polls from where it was, and returns the answer. */
    String poll() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(get(JSON), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        cursor = found(CURSOR, answer.body());
        return answer.body();
    }

    /** Tells how a request to go on is answered. */
    int statusOfPoll() throws IOException, InterruptedException {
        return http.send(get(JSON), BodyHandlers.ofString()).statusCode();
    }

    /** Says texts that need no escapes, and returns the answer. */
    HttpResponse<String> say(long seq, List<String> texts) {
        return sayLater(seq, texts).join();
    }

    CompletableFuture<HttpResponse<String>> sayLater(long seq, List<String> texts) {
        String body =
                "{\"seq\":" + seq + ",\"ack\":" + heard() + ",\"messages\":[\"" + String.join("\",\"", texts) + "\"]}";
        return post(body);
    }

    CompletableFuture<HttpResponse<String>> post(String json) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", JSON)
                .header("Fieldgate-Session", session)
                .POST(BodyPublishers.ofString(json))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        if (body != null) {
            body.close();
        }
    }

    private HttpRequest get(String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(cursor == null ? opening : uri)
                .timeout(PATIENCE)
                .header("Accept", type);
        if (cursor != null) {
            request.header("Last-Event-ID", cursor);
        }
        return request.build();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }
}
