package io.fieldgate.transport.http;

/** What is spoken on a port. */
sealed interface Speech {

    /** HTTP as it is. */
    record Plain() implements Speech {}

    /**
     * HTTP over TLS.
     *
     * @param redirectPort a plain port beside it that sends everybody there; {@value #NO_PORT} for none
     */
    record Tls(int redirectPort) implements Speech {

        static final int NO_PORT = -1;
        private static final int HIGHEST_PORT = 65_535;

        /**
         * Checks the part.
         *
         * @throws IllegalArgumentException if it is no port
         */
        public Tls {
            if (redirectPort < NO_PORT || redirectPort > HIGHEST_PORT) {
                throw new IllegalArgumentException("redirect.port must be -1 to 65535, is " + redirectPort);
            }
        }
    }

    /**
     * Plain HTTP that sends everybody to TLS and serves nothing.
     *
     * @param port the port of the same host that speaks TLS
     */
    record Redirect(int port) implements Speech {}

    /** Tells whether it is TLS. */
    default boolean isTls() {
        return this instanceof Tls;
    }

    /** What an address begins with where this is spoken. */
    default String scheme() {
        return isTls() ? "https" : "http";
    }
}
