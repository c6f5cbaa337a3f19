package io.fieldgate.transport.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Holds each client address to its rates of requests and of handshakes, those of {@link Limits} at the moment. What a client asks
 * for beyond them is answered with 429 and does not count.
 *
 * <p>What counts as one address {@link ClientKey} says. At most 4096 are known at a time; of more, those are forgotten that have come least.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Rates {

    private static final int SETS = 512;

    private static final Problem TOO_MANY = new Problem(
            HttpStatus.TOO_MANY_REQUESTS_429,
            "too many requests or handshakes from this address (address.requests.per.s and address.handshakes.per.s of"
                    + " transport.http.limits)");

    private final Limits limits;
    private final LongSupplier nanos;
    private final long start;
    private final RateTable requests;
    private final RateTable handshakes;

    Rates(Limits limits) {
        this(limits, System::nanoTime);
    }

    Rates(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        start = nanos.getAsLong() - 1;
        long salt = ThreadLocalRandom.current().nextLong();
        requests = new RateTable(SETS, salt);
        handshakes = new RateTable(SETS, salt);
    }

    /** Answers a request that comes too soon; false if it does not. */
    boolean refuse(Request request, HttpServletResponse answer) throws IOException {
        long wait = owed(
                request.getConnectionMetaData().getRemoteSocketAddress(),
                request.getHeaders().contains(HttpHeader.UPGRADE));
        if (wait > 0) {
            answer.setHeader("Retry-After", Long.toString(TimeUnit.NANOSECONDS.toSeconds(wait) + 1));
            TOO_MANY.send(answer);
        }
        return wait > 0;
    }

    /** Counts a request, unless it comes too soon: then tells by how many nanoseconds; 0 if it does not. */
    long owed(SocketAddress remote, boolean handshake) {
        Bounds now = limits.now();
        if (!now.loopbackToo() && isHere(remote)) {
            return 0;
        }
        long client = client(remote);
        long time = nanos.getAsLong() - start;
        long wait = requests.take(client, now.requestsPerSecond(), time);
        return wait == 0 && handshake ? handshakes.take(client, now.handshakesPerSecond(), time) : wait;
    }

    /** A Unix domain socket has no address, and its clients are on this machine. */
    private static boolean isHere(SocketAddress remote) {
        return !(remote instanceof InetSocketAddress inet)
                || (!inet.isUnresolved() && inet.getAddress().isLoopbackAddress());
    }

    /** The number by which an address, or its /64, is known. */
    private static long client(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet)) {
            return ClientKey.UNIX;
        }
        return inet.isUnresolved() ? ClientKey.UNKNOWN : ClientKey.of(inet.getAddress());
    }
}
