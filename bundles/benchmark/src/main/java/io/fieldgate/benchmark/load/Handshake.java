package io.fieldgate.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The opening handshake of RFC 6455, 4.1: one request, made once and sent by every client of a path, and what must come back. */
final class Handshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String KEY = "dGhlIGJlbmNobWFyayBpcw==";
    private static final String END = "\r\n\r\n";

    private final ByteBuffer request;
    private final String accept;

    /**
     * Makes the request.
     *
     * @param port the server's port on the loopback address
     * @param path path to ask for
     * @param headers more lines of the request, each with its end, or empty for none
     */
    Handshake(int port, String path, String headers) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY + "\r\n" + headers + "\r\n";
        request = ByteBuffer.allocateDirect(head.length())
                .put(head.getBytes(StandardCharsets.ISO_8859_1))
                .flip();
        accept = acceptOf(KEY);
    }

    /** The line that offers a subprotocol; empty if it has none. */
    static String subprotocol(String name) {
        return name.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + name + "\r\n";
    }

    /** The bytes to be sent, for one client. */
    ByteBuffer request() {
        return request.duplicate();
    }

    /**
     * Takes the answer from the front of what has arrived.
     *
     * @param in what has arrived; its position moves behind the answer if that is whole
     * @return false if the end of the answer has not arrived yet
     * @throws LoadException if it is not the answer of a WebSocket server to this request
     */
    boolean takeAnswer(ByteBuffer in) throws LoadException {
        String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = text.indexOf(END);
        if (end < 0) {
            return false;
        }
        String head = text.substring(0, end);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new LoadException(
                    "the upgrade was refused: " + head.lines().findFirst().orElse(""));
        }
        boolean accepted = head.lines()
                .map(line -> line.split(":", 2))
                .anyMatch(field -> field.length == 2
                        && field[0].toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
                        && field[1].strip().equals(accept));
        if (!accepted) {
            throw new LoadException("the upgrade was answered without the right Sec-WebSocket-Accept");
        }
        in.position(in.position() + end + END.length());
        return true;
    }

    /** What a server makes of a key. */
    static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
