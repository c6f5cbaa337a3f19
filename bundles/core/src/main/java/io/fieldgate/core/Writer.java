package io.fieldgate.core;

/** A bundle that writes, as long as it has the service. */
final class Writer {

    private final String bundle;
    private volatile boolean gone;

    /** @param bundle its symbolic name */
    Writer(String bundle) {
        this.bundle = bundle;
    }

    String bundle() {
        return bundle;
    }

    boolean isGone() {
        return gone;
    }

    /** The bundle has let the service go, and will not come back by this one. */
    void leave() {
        gone = true;
    }
}
