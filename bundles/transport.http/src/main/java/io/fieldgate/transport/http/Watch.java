package io.fieldgate.transport.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at the connections of a port that speak HTTP, and ends those whose clients are too slow. One that is upgraded is none
 * of them any more.
 *
 * <p><b>Threading.</b> Safe for use by many threads. It looks on the thread of the connector's scheduler.
 */
final class Watch implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int PERIOD_SECONDS = 1;

    private final Limits limits;
    private final Map<Connection, WatchedConnection> all = new ConcurrentHashMap<>();
    private final RareLine heads =
            new RareLine(LOG::info, "{} connections were closed: no whole head came within header.s");
    private final RareLine bodies = new RareLine(LOG::info, "{} requests were given up: their bodies came too slowly");
    private final RareLine answers =
            new RareLine(LOG::info, "{} connections were closed: answers were taken too slowly");

    Watch(Limits limits) {
        this.limits = limits;
    }

    /** Begins to look; it ends when the connector does. */
    void start(Connector connector) {
        connector.getScheduler().schedule(() -> lookAndGoOn(connector), PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        all.put(connection, new WatchedConnection(connection, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        all.remove(connection);
    }

    /** What is known of a connection. */
    Optional<WatchedConnection> of(Connection connection) {
        return Optional.ofNullable(all.get(connection));
    }

    private void lookAndGoOn(Connector connector) {
        if (!connector.isRunning()) {
            return;
        }
        try {
            look(System.nanoTime());
        } catch (
                RuntimeException
                        e) { // of Jetty's, when it closes a connection; the rest must be looked at all the same
            LOG.error("the connections of {} could not be looked at", connector, e);
        } finally {
            start(connector);
        }
    }

    /** Looks at all connections once. */
    void look(long now) {
        Bounds bounds = limits.now();
        for (WatchedConnection connection : all.values()) {
            Incoming body = connection.body();
            if (body != null && body.isTooSlow(now, bounds)) {
                bodies.count();
                connection.giveUpBody(body::giveUp);
            } else if (connection.isHeadTooSlow(now, bounds)) {
                heads.count();
                connection.close();
            } else if (connection.isAnswerTooSlow(now, bounds)) {
                answers.count();
                connection.close();
            }
        }
    }
}
