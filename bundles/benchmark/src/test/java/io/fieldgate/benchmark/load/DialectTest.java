package io.fieldgate.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialects by what has arrived; nothing is sent, for nobody accepts the connection. */
class DialectTest {

    private final List<String> messages = new ArrayList<>();
    private ServerSocket listener;
    private Selector selector;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        selector = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        listener.close();
    }

    @Test
    void aPageIsTakenOnceItIsWhole() throws IOException {
        Dialect dialect = Protocol.HTTP.dialect(8080, "/page", "");
        Client client = client(dialect);
        String page = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npage";

        assertFalse(dialect.take(client, ascii(page.substring(0, page.length() - 1))));
        assertFalse(dialect.take(client, ascii(page.substring(0, 20))));
        ByteBuffer two = ascii(page + page);
        assertTrue(dialect.take(client, two));
        assertEquals(page.length(), two.remaining());
        assertEquals(List.of("page"), messages);
        assertThrows(LoadException.class, () -> dialect.take(client, ascii("HTTP/1.1 404 No\r\n\r\n")));
        assertEquals("GET /page HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", text(dialect.message(new byte[0])));
    }

    @Test
    void aLineEndsAMessage() throws IOException {
        Dialect dialect = Protocol.TCP.dialect(1, "", "");
        Client client = client(dialect);
        ByteBuffer in = ascii("one\ntw");

        assertTrue(dialect.take(client, in));
        assertFalse(dialect.take(client, in));
        assertEquals(List.of("one"), messages);
        assertEquals("two\n", text(dialect.message("two".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void socketIoOpensWithAConnectAndCarriesTextsInEvents() throws IOException {
        Dialect dialect = Protocol.SOCKET_IO.dialect(8080, "/echo", "");
        Client client = client(dialect);
        assertFalse(dialect.takeAnswer(client, ascii("")));
        assertFalse(client.isOpen());

        client.open();
        assertTrue(dialect.take(client, frame("42[\"m\",\"hello\"]")));
        assertEquals(List.of("hello"), messages);
        assertThrows(LoadException.class, () -> dialect.take(client, frame("44{\"message\":\"no\"}")));
        assertThrows(LoadException.class, () -> dialect.take(client, frame("x")));
        assertTrue(text(dialect.request()).startsWith("GET /socket.io/?EIO=4&transport=websocket&path=/echo HTTP/1.1"));
    }

    private Client client(Dialect dialect) throws IOException {
        Receiver receiver = (client, message) -> messages.add(text(message));
        return new Client(selector, listener.getLocalPort(), 0, dialect, receiver);
    }

    private static ByteBuffer frame(String text) {
        return ascii("\u0081" + (char) text.length() + text);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
