package io.fieldgate.transport.http;

/**
 * How much of the gateway one client may take, and all together, checked.
 *
 * @param connections in all
 * @param connectionsOfAddress of one client address
 * @param connectionsOfUser upgraded connections and requests at work of one user
 * @param requestsPerSecond of one client address; twice as many at once
 * @param handshakesPerSecond upgrades of one client address; twice as many at once
 * @param headerSeconds how long the head of a request may take, and the beginning of a connection
 * @param bodySeconds how long a body may take that is taken in before its request is served
 * @param answerSeconds over how long the speed of an answer is measured
 * @param minBytesPerSecond the lowest speed of a body or an answer
 * @param bodyMaxBytes the largest body of a request
 * @param bodiesMaxBytes of all bodies together that are being taken in
 * @param replacingRequests that wait while what serves them is replaced
 * @param loopbackToo whether what counts by client address counts for this machine's own as well
 */
record Bounds(
        int connections,
        int connectionsOfAddress,
        int connectionsOfUser,
        int requestsPerSecond,
        int handshakesPerSecond,
        int headerSeconds,
        int bodySeconds,
        int answerSeconds,
        int minBytesPerSecond,
        int bodyMaxBytes,
        int bodiesMaxBytes,
        int replacingRequests,
        boolean loopbackToo) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is out of its range; it names key and value
     */
    Bounds {
        check("connections.max", connections, 16, 1_000_000);
        check("address.connections.max", connectionsOfAddress, 1, 1_000_000);
        check("user.connections.max", connectionsOfUser, 1, 1_000_000);
        check("address.requests.per.s", requestsPerSecond, 1, 1_000_000);
        check("address.handshakes.per.s", handshakesPerSecond, 1, 1_000_000);
        check("header.s", headerSeconds, 1, 300);
        check("body.s", bodySeconds, 1, 3600);
        check("answer.s", answerSeconds, 5, 3600);
        check("transfer.min.bytes.per.s", minBytesPerSecond, 0, 1_000_000);
        check("body.max.bytes", bodyMaxBytes, 1024, 1 << 30);
        check("bodies.max.bytes", bodiesMaxBytes, 65_536, 1 << 30);
        check("replacing.requests.max", replacingRequests, 1, 65_536);
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
    }
}
