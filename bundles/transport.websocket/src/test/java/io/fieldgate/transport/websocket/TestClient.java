package io.fieldgate.transport.websocket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that writes and reads bytes, so that it can do what clients should not. */
final class TestClient implements AutoCloseable {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    final Socket socket;
    final DataInputStream in;
    final OutputStream out;

    /** A frame from the server. */
    record Frame(int first, ByteBuffer payload) {

        int opcode() {
            return first & 0x0F;
        }

        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        /** What it is, for people. */
        String line() {
            return switch (first) {
                case Wire.FIN | Opcode.TEXT -> "text " + text();
                case Wire.FIN | Opcode.BINARY -> "binary " + Collected.hex(payload);
                case Wire.FIN | Opcode.PONG -> "pong " + text();
                case Wire.FIN | Opcode.CLOSE -> "close " + status();
                default -> "a frame that begins with " + Integer.toHexString(first);
            };
        }

        /** The status of a close frame, or 1005. */
        int status() {
            return payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xFFFF;
        }
    }

    TestClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    TestClient(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    static String request(String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** Asks for a WebSocket, and returns the head of the answer. */
    String upgrade(String path, String... headers) throws IOException {
        send(request(path, headers));
        return head();
    }

    void send(String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status line and headers of an answer. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The body of an answer, after its {@link #head}. */
    String body(String head) throws IOException {
        String length = head.split("(?i)content-length: ", 2)[1].split("\r\n", 2)[0];
        return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    void text(String text) throws IOException {
        out.write(Wire.text(text));
    }

    Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second;
        if (second == 126) {
            length = in.readUnsignedShort();
        } else if (second == 127) {
            length = in.readLong();
        }
        return new Frame(first, ByteBuffer.wrap(in.readNBytes((int) length)).asReadOnlyBuffer());
    }

    /** Everything that comes until the server has closed its side, one line for each frame. */
    List<String> untilTheEnd() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            in.mark(1);
            if (in.read() < 0) {
                return lines;
            }
            in.reset();
            lines.add(frame().line());
        }
    }

    /** Whether the server has closed its side; waits for it. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** Ends the connection as a machine does that loses its memory. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
