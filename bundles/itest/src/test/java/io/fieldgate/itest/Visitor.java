package io.fieldgate.itest;

import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody who uses the gateway as one should: every 20 ms a page by a connection of its own, and an echo by a WebSocket. */
final class Visitor {

    private static final int PERIOD_MS = 20;
    private static final int PATIENCE_MS = 10_000;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final URI gateway;
    private final List<Long> pages = new ArrayList<>();
    private final List<Long> echoes = new ArrayList<>();

    private Visitor(URI gateway) {
        this.gateway = gateway;
    }

    /** Visits for a time; every page and every echo must come within 10 s. */
    static Visitor of(URI gateway, Duration time) throws Exception {
        Visitor visitor = new Visitor(gateway);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (WebSocketProbe socket = WebSocketProbe.open(gateway, "/echo")) {
            Future<?> visits =
                    clock.scheduleAtFixedRate(() -> visitor.visit(socket), 0, PERIOD_MS, TimeUnit.MILLISECONDS);
            try {
                visits.get(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                visits.cancel(false); // that is how it ends when all is well
            } catch (ExecutionException e) {
                throw new AssertionError("the gateway has not answered", e.getCause());
            }
            clock.shutdown();
            if (!clock.awaitTermination(2L * PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the last visit does not end");
            }
        } finally {
            clock.shutdownNow();
        }
        return visitor;
    }

    /** The slowest of one in a hundred. */
    Duration worstOfAHundred() {
        List<Long> all = new ArrayList<>(pages);
        all.addAll(echoes);
        return quantile(all, 99);
    }

    private void visit(WebSocketProbe socket) {
        try {
            long begin = System.nanoTime();
            page();
            long between = System.nanoTime();
            socket.ask("here");
            pages.add(between - begin);
            echoes.add(System.nanoTime() - between);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void page() throws IOException {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(REQUEST);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new AssertionError(answer);
            }
        }
    }

    private static Duration quantile(List<Long> nanos, int percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((sorted.size() - 1) * percent / 100));
    }

    private static String text(List<Long> nanos) {
        return "p50 " + quantile(nanos, 50).toMillis() + " ms, p99 "
                + quantile(nanos, 99).toMillis() + " ms, most "
                + quantile(nanos, 100).toMillis() + " ms";
    }

    @Override
    public String toString() {
        return pages.size() + " visits; pages: " + text(pages) + "; echoes: " + text(echoes);
    }
}
