package io.fieldgate.transport.files;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends what the test says, letter by letter, so that no library mends it. */
final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    Client(int port) throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Sends a request and reads all of its answer. */
    Reply ask(String method, String target, String... headers) throws IOException {
        send(method, target, headers);
        Reply head = head();
        boolean bodiless = method.equals("HEAD") || head.status() == 304 || head.status() == 204;
        int length = bodiless || head.header("content-length").isEmpty()
                ? 0
                : Integer.parseInt(head.header("content-length"));
        return new Reply(head.status(), head.headers(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    void send(String method, String target, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of the next answer; its body is still to be read. */
    Reply head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String[] lines = head.toString().split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon > 0) {
                headers.merge(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 2),
                        (one, other) -> one + ", " + other);
            }
        }
        return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, "");
    }

    DataInputStream in() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
