package io.fieldgate.transport.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that speaks HTTP, as {@link Watch} sees it once a second: what comes in and goes out is seen by its counters, so that no
 * request pays for it.
 *
 * <p>Jetty reads from a connection only when it waits for a request, or for the body of one. The second is told, so the rest is the first.
 */
final class WatchedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnection.class);

    private final Connection connection;
    private final EndPoint raw;

    private volatile Incoming body;
    private volatile boolean bodyHasEnded;

    // What follows belongs to the thread that looks.
    private long requests;
    private long bytes;
    private boolean headHasBegun = true;
    private long headSince;
    private boolean isStuck;
    private long stuckSince;
    private long takenBefore;

    WatchedConnection(Connection connection, long now) {
        this.connection = connection;
        EndPoint near = connection.getEndPoint();
        raw = near instanceof SslConnection.SslEndPoint tls
                ? tls.getSslConnection().getEndPoint()
                : near;
        headSince = now;
    }

    /** A body is awaited from now on. */
    void begin(Incoming incoming) {
        body = incoming;
    }

    /** No body is awaited any more. */
    void end() {
        body = null;
        bodyHasEnded = true;
    }

    /** The body that is awaited, or null. */
    Incoming body() {
        return body;
    }

    /** Tells whether the head of a request takes too long, or the beginning of the connection. */
    boolean isHeadTooSlow(long now, Bounds bounds) {
        if (body != null || !connection.getEndPoint().isFillInterested()) {
            return false;
        }
        long requestsNow = connection.getMessagesIn();
        long bytesNow = connection.getBytesIn();
        if (bodyHasEnded || requestsNow != requests) {
            bodyHasEnded = false;
            requests = requestsNow;
            bytes = bytesNow;
            headHasBegun = false;
        } else if (!headHasBegun && bytesNow != bytes) {
            headHasBegun = true;
            headSince = now;
        }
        return headHasBegun && now - headSince >= TimeUnit.SECONDS.toNanos(bounds.headerSeconds());
    }

    /** Tells whether an answer is taken too slowly. */
    boolean isAnswerTooSlow(long now, Bounds bounds) {
        if (!(raw instanceof MeasuredEndPoint measured) || !measured.isStuck()) {
            isStuck = false;
            return false;
        }
        long taken = connection.getBytesOut() - measured.left();
        if (isStuck && now - stuckSince < TimeUnit.SECONDS.toNanos(bounds.answerSeconds())) {
            return false;
        }
        boolean tooSlow = isStuck && taken - takenBefore < (long) bounds.minBytesPerSecond() * bounds.answerSeconds();
        isStuck = true;
        stuckSince = now;
        takenBefore = taken;
        return tooSlow;
    }

    /**
     * Does something to the request that waits for its body. Jetty must not be looking at an event of the same connection meanwhile, or it
     * stumbles over a request that has just gone; so this happens on the thread that looks at events.
     */
    void giveUpBody(Runnable doing) {
        if (raw instanceof MeasuredEndPoint measured) {
            measured.betweenEvents(doing);
        } else {
            doing.run();
        }
    }

    /** Ends it without a word, and without the system keeping what was not sent for a client that does not take it. */
    void close() {
        if (raw.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} is closed in the ordinary way", raw, e);
            }
        }
        raw.close();
    }
}
