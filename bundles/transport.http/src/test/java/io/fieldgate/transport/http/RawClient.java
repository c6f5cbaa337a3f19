package io.fieldgate.transport.http;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that writes requests letter by letter as the test says. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** @param url says the port; the host is this machine */
    RawClient(String url) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        socket.setSoTimeout(15_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    static boolean isOpen(String url) {
        try (RawClient client = new RawClient(url)) {
            return client.socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    void get(String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
    }

    void send(String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next answer, head and body. */
    String answer() throws IOException {
        String head = head();
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return head;
        }
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The head of the next answer. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** The next byte, or an exception if the connection has ended. */
    byte readByte() throws IOException {
        return in.readByte();
    }

    /** Tells whether the connection is open, and for some time, and nothing comes. */
    boolean isQuiet() throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(100);
        try {
            in.readByte();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(patience);
        }
    }

    /** Bytes that are no answer: what an upgraded connection sends. */
    String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.US_ASCII);
    }

    /** Tells whether something has come that was not read yet. */
    boolean hasAnswer() throws IOException {
        return in.available() > 0;
    }

    /** Waits until the gateway has closed the connection; what it has sent before is thrown away. */
    void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // on to the end
            }
        } catch (SocketException e) {
            // a reset is an end as well
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
