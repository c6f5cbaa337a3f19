package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A page as a server sends it once, on a connection of its own.
 *
 * @param body what stands behind the head
 */
@SuppressWarnings("ArrayRecordComponent") // it is compared with nothing
record Page(byte[] body) {

    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String END_OF_HEAD = "\r\n\r\n";

    /**
     * Asks for it.
     *
     * @param port the server's port on the loopback address
     * @param path path of the page
     * @throws IOException if it is not there with status 200
     */
    static Page get(int port, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.contains(END_OF_HEAD)) {
                throw new LoadException(path + " was answered with "
                        + answer.lines().findFirst().orElse("nothing"));
            }
            return new Page(answer.substring(answer.indexOf(END_OF_HEAD) + END_OF_HEAD.length())
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
