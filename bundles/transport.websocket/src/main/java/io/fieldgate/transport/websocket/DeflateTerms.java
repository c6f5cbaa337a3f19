package io.fieldgate.transport.websocket;

/**
 * What was agreed about permessage-deflate (RFC 7692, 7.1).
 *
 * @param windowBits how far back what we send may refer, as a power of two; 0 if nothing was agreed
 * @param answer what the client is told, empty if nothing was agreed
 */
record DeflateTerms(int windowBits, String answer) {

    static final int SMALLEST_WINDOW_BITS = 8;
    static final int LARGEST_WINDOW_BITS = 15;

    /** Messages go as they are. */
    static final DeflateTerms NONE = new DeflateTerms(0, "");

    boolean agreed() {
        return windowBits > 0;
    }
}
