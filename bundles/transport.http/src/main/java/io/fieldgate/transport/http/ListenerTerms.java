package io.fieldgate.transport.http;

/**
 * What is said of one further listener.
 *
 * @param place where it listens
 * @param tls whether it speaks TLS
 * @param paths what it serves
 */
record ListenerTerms(Place place, boolean tls, Paths paths) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if TLS is wanted of a Unix domain socket
     */
    ListenerTerms {
        if (tls && place instanceof SocketFile) {
            throw new IllegalArgumentException("tls=true is for ports: nobody can listen in on a Unix domain socket");
        }
    }

    /** The whole of it, with what all listeners have in common. */
    Terms with(Terms main) {
        Speech speech = tls ? new Speech.Tls(Speech.Tls.NO_PORT) : new Speech.Plain();
        return new Terms(place, speech, paths, main.limits());
    }
}
