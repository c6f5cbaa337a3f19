package io.fieldgate.itest;

import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A client of {@code /live} that asks one thing at a time. */
public final class LiveProbe implements AutoCloseable {

    private static final String SUBPROTOCOL = "fieldgate.live.v1";

    private final WebSocketProbe socket;
    private final AtomicInteger ids = new AtomicInteger();

    private LiveProbe(WebSocketProbe socket) {
        this.socket = socket;
    }

    /** Comes in, as whoever comes without credentials. */
    public static LiveProbe open(URI gateway) throws IOException {
        return new LiveProbe(WebSocketProbe.open(Upgrade.to(gateway, "/live").subprotocol(SUBPROTOCOL)));
    }

    /** The connection itself. */
    public WebSocketProbe socket() {
        return socket;
    }

    /** Sends {@code {"op":…,"id":…, members}} and returns the one message that answers it. Samples in between are skipped. */
    public String ask(String op, String members) throws IOException {
        int id = ids.incrementAndGet();
        String more = members.isEmpty() ? "" : "," + members;
        socket.send("{\"op\":\"" + op + "\",\"id\":" + id + more + "}");
        return awaitText("\"id\":" + id + "(?=[,}])");
    }

    /** Reads until a text comes in which a regular expression is found. */
    public String awaitText(String expression) throws IOException {
        return awaitText(expression, WebSocketProbe.PATIENCE);
    }

    /** Reads until a text comes in which a regular expression is found, or until the limit, which is kept to within 10 s. */
    public String awaitText(String expression, Duration limit) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        long end = System.nanoTime() + limit.toNanos();
        String text = "none";
        do {
            try {
                text = socket.text();
            } catch (SocketTimeoutException e) {
                continue;
            }
            if (pattern.matcher(text).find()) {
                return text;
            }
        } while (System.nanoTime() < end);
        throw new AssertionError("nothing with " + expression + " came in time; the last was " + text);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
