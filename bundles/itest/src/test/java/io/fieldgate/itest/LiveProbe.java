package io.fieldgate.itest;

import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A client of {@code /live} that asks one thing at a time. */
final class LiveProbe implements AutoCloseable {

    private static final String SUBPROTOCOL = "fieldgate.live.v1";

    private final WebSocketProbe socket;
    private final AtomicInteger ids = new AtomicInteger();

    private LiveProbe(WebSocketProbe socket) {
        this.socket = socket;
    }

    static LiveProbe open(URI gateway) throws IOException {
        return new LiveProbe(WebSocketProbe.open(Upgrade.to(gateway, "/live").subprotocol(SUBPROTOCOL)));
    }

    WebSocketProbe socket() {
        return socket;
    }

    /** Sends {@code {"op":…,"id":…, members}} and returns the one message that answers it. Samples in between are skipped. */
    String ask(String op, String members) throws IOException {
        int id = ids.incrementAndGet();
        String more = members.isEmpty() ? "" : "," + members;
        socket.send("{\"op\":\"" + op + "\",\"id\":" + id + more + "}");
        return awaitText("\"id\":" + id + "(?=[,}])");
    }

    /** Reads until a text comes in which a regular expression is found. */
    String awaitText(String expression) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        long end = System.nanoTime() + WebSocketProbe.PATIENCE.toNanos();
        String text;
        do {
            text = socket.text();
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
