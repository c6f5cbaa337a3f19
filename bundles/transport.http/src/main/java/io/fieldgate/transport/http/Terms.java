package io.fieldgate.transport.http;

/**
 * How to listen, checked.
 *
 * @param place where
 * @param speech what is spoken there
 * @param paths what is served there
 * @param limits what each listener has in common
 */
record Terms(Place place, Speech speech, Paths paths, Limits limits) {

    /**
     * What all listeners have in common.
     *
     * @param idleSeconds silence after which a connection is closed that waits for a request
     * @param headerMaxBytes the largest head of a request
     * @param threadsMax the most threads that serve
     * @param backlog how many connections may wait to be accepted
     * @param hstsSeconds how long browsers are to use nothing but TLS for a name they have met it under (RFC 6797); 0 to say nothing
     */
    record Limits(int idleSeconds, int headerMaxBytes, int threadsMax, int backlog, int hstsSeconds) {

        Limits {
            check("idle.s", idleSeconds, 1, 3600);
            check("header.max.bytes", headerMaxBytes, 1024, 65_536);
            check("threads.max", threadsMax, 4, 256);
            check("backlog", backlog, 1, 4096);
            check("hsts.s", hstsSeconds, 0, Integer.MAX_VALUE);
        }

        private static void check(String key, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
            }
        }
    }
}
