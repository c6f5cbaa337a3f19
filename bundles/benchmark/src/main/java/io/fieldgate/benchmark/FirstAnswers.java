package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.EchoTraffic;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.LoadException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The first page and the first echo of a server that has just started.
 *
 * @param page time from the start of the process until the page was there whole
 * @param echo time until the echo was there, which is asked for after the page
 */
record FirstAnswers(Duration page, Duration echo) {

    private static final int BYTES = 32;
    private static final int LIMIT_MILLIS = 10_000;

    /**
     * Asks for both.
     *
     * @throws IOException if it is not a page with status 200, or not an echo
     */
    static FirstAnswers of(ServerProcess server) throws IOException {
        String page = page(server.port());
        if (!page.startsWith("HTTP/1.1 200")) {
            throw new LoadException(
                    "the page was answered with " + page.lines().findFirst().orElse("nothing"));
        }
        Duration first = server.age();
        try (Load load = new Load(server.port())) {
            EchoTraffic traffic = EchoTraffic.start(load, "/echo", 1, BYTES);
            traffic.stop();
            load.await(traffic::isDone, Duration.ofMillis(LIMIT_MILLIS), "the first echo");
        }
        return new FirstAnswers(first, server.age());
    }

    private static String page(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
