package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are there, by all ports, and whether there is room for one more: in all, and for its client's address, as
 * {@link ClientKey} counts it.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Each port accepts on one; so with several ports the limits are exact but for as many.
 */
final class Seats {

    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);

    /** In place of an address, for whom that does not count. */
    private static final Object NOBODY = new Object();

    private final Limits limits;
    private final int descriptors;
    private final Map<Channel, Object> taken = new ConcurrentHashMap<>();
    private final Map<Object, Integer> ofAddress = new ConcurrentHashMap<>();
    private final RareLine full =
            new RareLine(LOG::warn, "{} connections were closed at once: connections.max are there");
    private final RareLine crowded = new RareLine(
            LOG::warn, "{} connections were closed at once: address.connections.max of one address are there");

    private volatile Predicate<SocketAddress> uncounted = address -> false;

    Seats(Limits limits) {
        this(limits, Descriptors.forConnections());
    }

    Seats(Limits limits, int descriptors) {
        this.limits = limits;
        this.descriptors = descriptors;
    }

    /** What the ports of one Jetty have in common. */
    static Seats of(Server server) {
        Seats seats = server.getBean(Seats.class);
        if (seats == null) {
            throw new IllegalStateException("this Jetty has not come by the anchor");
        }
        return seats;
    }

    /** What counts for the clients that sit here. */
    Limits limits() {
        return limits;
    }

    /** Does not count by address who comes from one of these, such as a proxy that has many clients. */
    void except(Predicate<SocketAddress> addresses) {
        uncounted = addresses;
    }

    /** Takes a seat for a connection, if there is one. */
    boolean take(Channel channel, SocketAddress client) {
        Bounds bounds = limits.now();
        if (taken.size() >= Math.min(bounds.connections(), descriptors)) {
            full.count();
            return false;
        }
        Object address = counted(client, bounds);
        if (address != NOBODY && ofAddress.merge(address, 1, Integer::sum) > bounds.connectionsOfAddress()) {
            giveBack(address);
            crowded.count();
            return false;
        }
        taken.put(channel, address);
        return true;
    }

    /** The connection is closed. It does no harm to say so twice. */
    void leave(Object channel) {
        Object address = taken.remove(channel);
        if (address != null && address != NOBODY) {
            giveBack(address);
        }
    }

    /** How many are taken. */
    int count() {
        return taken.size();
    }

    private void giveBack(Object address) {
        ofAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    private Object counted(SocketAddress client, Bounds bounds) {
        if (!(client instanceof InetSocketAddress inet) || inet.isUnresolved() || uncounted.test(client)) {
            return NOBODY;
        }
        InetAddress address = inet.getAddress();
        if (address.isLoopbackAddress() && !bounds.loopbackToo()) {
            return NOBODY;
        }
        return ClientKey.of(address);
    }
}
