package io.fieldgate.benchmark.load;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A WebSocket server for small texts that answers each as a test says: with so many texts, or, if it says null, by hanging up. */
final class ScriptedServer implements AutoCloseable {

    /** From this length on it stands in two bytes of its own (RFC 6455, 5.2). */
    private static final int EXTENDED = 126;

    private final ServerSocket listener;
    private final Function<String, List<String>> script;

    ScriptedServer(Function<String, List<String>> script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) in.readUnsignedByte());
            }
            String key = request.toString().replaceFirst("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
            String answer = "HTTP/1.1 101 Yes\r\nSec-WebSocket-Accept: " + Handshake.acceptOf(key) + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            List<String> replies = script.apply(read(in));
            while (replies != null) {
                socket.getOutputStream().write(frames(replies));
                replies = script.apply(read(in));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static String read(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        byte[] payload = new byte[in.readUnsignedByte() & 0x7f];
        byte[] mask = in.readNBytes(4);
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new String(payload, StandardCharsets.US_ASCII);
    }

    private static byte[] frames(List<String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            out.write(0x81);
            if (text.length() < EXTENDED) {
                out.write(text.length());
            } else {
                out.write(EXTENDED);
                out.write(text.length() >> 8);
                out.write(text.length());
            }
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }
}
