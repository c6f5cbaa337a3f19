package io.fieldgate.transport.poll;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that writes and reads bytes, and knows the chunks of HTTP/1.1 (RFC 9112, 7.1). */
final class TestClient implements AutoCloseable {

    final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int inChunk;
    private boolean chunked;

    TestClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Sends a request; {@code Host} is added, and {@code Content-Length} unless it is given. */
    TestClient send(String request, String body, String... headers) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(request + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!request.startsWith("GET") && !head.toString().contains("Content-Length")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        return this;
    }

    /** The status line and headers of the answer, a line each. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
            head.append(line).append('\n');
        }
        chunked = head.toString().toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return head.toString();
    }

    int status() throws IOException {
        return Integer.parseInt(head().substring(9, 12));
    }

    /** The whole body of an answer that has a length. */
    String body(String head) throws IOException {
        String[] parts = head.split("(?i)content-length: ", 2);
        return parts.length == 1
                ? ""
                : new String(in.readNBytes(Integer.parseInt(parts[1].split("\n", 2)[0])), StandardCharsets.UTF_8);
    }

    /** The head, without its line of status, and the body. */
    String answer() throws IOException {
        return body(head());
    }

    /** The next line of the body. */
    String line() throws IOException {
        return line(read());
    }

    /** The lines up to the next empty one, joined by {@code |}. */
    String event() throws IOException {
        StringBuilder event = new StringBuilder(line());
        for (String line = line(); !line.isEmpty(); line = line()) {
            event.append('|').append(line);
        }
        return event.toString();
    }

    /** Whether the answer has come to its end; waits for it. */
    boolean isAtEnd() throws IOException {
        return read() < 0;
    }

    boolean hasAnswer() throws IOException {
        return in.available() > 0;
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

    private String line(int first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = first; next != '\n'; next = read()) {
            if (next < 0) {
                throw new EOFException("the answer ends after \"" + line + '"');
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
    }

    private int read() throws IOException {
        if (!chunked) {
            return in.read();
        }
        if (inChunk == 0) {
            inChunk = chunkSize();
        }
        if (inChunk < 0) {
            return -1;
        }
        inChunk--;
        return in.read();
    }

    /** The size of the next chunk, or -1 after the last. The end of the chunk before may come with it. */
    private int chunkSize() throws IOException {
        StringBuilder size = new StringBuilder();
        for (int next = in.read(); next != '\n' || size.toString().isBlank(); next = in.read()) {
            if (next < 0) {
                return -1;
            }
            size.append((char) next);
        }
        int length = Integer.parseInt(size.toString().strip(), 16);
        return length == 0 ? -1 : length;
    }
}
