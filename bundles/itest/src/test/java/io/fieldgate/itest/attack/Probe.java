package io.fieldgate.itest.attack;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client that wants its answers while others attack: an echo and a page, twenty times a second. */
public final class Probe implements AutoCloseable {

    private static final int PERIOD_MILLIS = 50;

    private final GatewayProcess gateway;
    private final WebSocketProbe socket;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "probe"));

    private final List<Duration> echoes = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pages = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    @SuppressWarnings("FutureReturnValueIgnored") // it runs until it is closed, and keeps its failures itself
    public Probe(GatewayProcess gateway) throws IOException {
        this.gateway = gateway;
        socket = WebSocketProbe.open(gateway.uri(), "/echo");
        timer.scheduleWithFixedDelay(this::ask, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            long start = System.nanoTime();
            String echo = socket.ask("probe");
            long between = System.nanoTime();
            int status = gateway.get("/login/icon.svg").statusCode();
            pages.add(Duration.ofNanos(System.nanoTime() - between));
            echoes.add(Duration.ofNanos(between - start));
            if (!echo.equals("probe") || status != 200) {
                failures.add(echo + ' ' + status);
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What went wrong; nothing, if all is well. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many times it was answered. */
    public int answers() {
        return pages.size();
    }

    /** What 99 of 100 answers took at most, the slower kind. */
    public Duration p99() {
        Duration echo = p99(echoes);
        Duration page = p99(pages);
        return echo.compareTo(page) > 0 ? echo : page;
    }

    private static Duration p99(List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(List.copyOf(times));
        Collections.sort(sorted);
        return sorted.get(sorted.size() * 99 / 100);
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        socket.close();
    }
}
