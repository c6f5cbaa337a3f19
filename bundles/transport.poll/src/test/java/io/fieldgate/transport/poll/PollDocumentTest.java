package io.fieldgate.transport.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.SocketRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the examples of the section "Without WebSocket" of docs/protocol.md. */
class PollDocumentTest {

    private static final Path FILE = Path.of("../../docs/protocol.md");

    private final List<TestClient> clients = new ArrayList<>();
    private TestClient stream;

    static List<List<String>> examples() throws IOException {
        List<List<String>> found = new ArrayList<>();
        List<String> open = null;
        for (String line : Files.readAllLines(FILE)) {
            if (line.equals("```poll")) {
                open = new ArrayList<>();
                found.add(open);
            } else if (line.startsWith("```")) {
                open = null;
            } else if (open != null) {
                open.add(line);
            }
        }
        assertTrue(found.size() >= 4, "the document has lost its examples");
        return found;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void doesWhatTheDocumentSays(List<String> example) throws Exception {
        try (TestServer server = TestServer.withKnownId()) {
            server.host.subprotocol = Optional.of("echo.v1");
            Deque<String> lines = new ArrayDeque<>(example);
            while (!lines.isEmpty()) {
                if (lines.peek().startsWith("#")) {
                    happen(lines.remove(), lines);
                } else {
                    exchange(server, lines);
                }
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void namesEverySetting() throws IOException {
        String text = Files.readString(FILE);
        for (String key : new String[] {"resume.s", "wait.s", "keepalive.s", "post.wait.s", "posts.max.bytes"}) {
            assertTrue(text.contains('`' + key + '`'), key);
        }
    }

    private void exchange(TestServer server, Deque<String> lines) throws Exception {
        String request = content(lines.remove(), '→').replace(" HTTP/1.1", "");
        server.host.subprotocol = request.contains("subprotocol=") ? Optional.of("echo.v1") : Optional.empty();
        List<String> headers = new ArrayList<>();
        for (String line = content(lines.remove(), '→'); !line.isEmpty(); line = content(lines.remove(), '→')) {
            headers.add(line);
        }
        StringBuilder body = new StringBuilder();
        while (!lines.isEmpty() && lines.peek().startsWith("→") && !isRequest(lines.peek())) {
            body.append(content(lines.remove(), '→'));
        }
        TestClient client = server.connect().send(request, body.toString(), headers.toArray(String[]::new));
        clients.add(client);
        String head = client.head();
        assertEquals(content(lines.remove(), '←'), head.lines().findFirst().orElseThrow());
        boolean more = false;
        while (!more && !lines.isEmpty() && lines.peek().startsWith("←")) {
            String header = content(lines.remove(), '←');
            more = header.isEmpty();
            assertTrue(more || head.toLowerCase(Locale.ROOT).contains(header.toLowerCase(Locale.ROOT) + '\n'), head);
        }
        if (head.contains(PollRequest.STREAM)) {
            stream = client;
            expectOnStream(lines);
        } else if (more) {
            assertEquals(content(lines.remove(), '←'), client.body(head));
        }
        if (headers.contains("Accept: " + PollRequest.STREAM) && !server.host.requests.isEmpty()) {
            SocketRequest asked = server.host.requests.remove();
            assertEquals("sse", asked.transport());
        }
    }

    private void happen(String line, Deque<String> lines) throws IOException {
        switch (line) {
            case "# on the stream:", "# on the stream, which then ends:" -> {
                expectOnStream(lines);
                assertTrue(line.equals("# on the stream:") || stream.isAtEnd());
            }
            case "# the connection breaks; on another connection:" -> stream.reset();
            case "# the stream stays open; on another connection:",
                    "# on another connection:",
                    "# the answer is lost" -> {}
            default -> throw new AssertionError("the test does not know how to play: " + line);
        }
    }

    private void expectOnStream(Deque<String> lines) throws IOException {
        while (!lines.isEmpty() && lines.peek().startsWith("←")) {
            assertEquals(content(lines.remove(), '←'), stream.line());
        }
    }

    private static boolean isRequest(String line) {
        return line.endsWith(" HTTP/1.1");
    }

    private static String content(String line, char arrow) {
        assertEquals(arrow, line.charAt(0), line);
        return line.length() == 1 ? "" : line.substring(2);
    }
}
