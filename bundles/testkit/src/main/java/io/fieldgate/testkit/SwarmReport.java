package io.fieldgate.testkit;

import java.time.Duration;
import java.util.Map;

/**
 * What became of what a {@link Swarm} sent.
 *
 * @param sent messages
 * @param echoed messages that came back
 * @param lost messages that never came back
 * @param doubled messages that came back more than once
 * @param reordered messages that came back after a later one
 * @param closed connections that the gateway ended, by close code; 1006 if it said nothing
 * @param longestWait the longest time from sending a message to its echo
 */
public record SwarmReport(
        long sent,
        long echoed,
        long lost,
        long doubled,
        long reordered,
        Map<Integer, Integer> closed,
        Duration longestWait) {

    /** Copies the map. */
    public SwarmReport {
        closed = Map.copyOf(closed);
    }

    /**
     * Whether something was sent, nobody was dropped and nothing lost, doubled or reordered.
     *
     * @return true if clients have noticed nothing
     */
    public boolean isWhole() {
        return lost + doubled + reordered == 0 && closed.isEmpty() && sent > 0 && echoed == sent;
    }

    /**
     * Fails unless something was sent, nobody was dropped and nothing lost, doubled or reordered.
     *
     * @throws AssertionError if a client has noticed something; it tells all figures
     */
    public void assertWhole() {
        if (!isWhole()) {
            throw new AssertionError("clients have noticed: " + this);
        }
    }
}
