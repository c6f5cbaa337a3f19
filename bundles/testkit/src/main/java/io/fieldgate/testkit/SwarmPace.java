package io.fieldgate.testkit;

/** How fast the clients of a {@link Swarm} talk. More may follow. */
public enum SwarmPace {
    /** A message every 50 ms as long as fewer than 4 are unanswered: many clients that a machine can bear well. */
    STEADY(50, 4),
    /** The next message as soon as fewer than 8 are unanswered: as much as the gateway takes. */
    FULL(50, 8);

    private final int millis;
    private final int window;

    SwarmPace(int millis, int window) {
        this.millis = millis;
        this.window = window;
    }

    /** How often a client that waits for nothing is looked after. */
    int millis() {
        return millis;
    }

    /** The most messages of a client that are unanswered. */
    int window() {
        return window;
    }
}
