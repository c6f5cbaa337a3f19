package io.fieldgate.testkit;

import java.util.HashSet;
import java.util.Set;

/** What one client has sent, numbered from 0, and what of it came back. Used by one thread. */
final class EchoLedger {

    private final Set<Long> missing = new HashSet<>();
    private long sent;
    private long expected;
    private long echoed;
    private long doubled;
    private long reordered;

    /** The number of the next message. */
    long send() {
        return sent++;
    }

    void echo(long number) {
        echoed++;
        if (number >= sent || number < 0) {
            doubled++;
        } else if (number >= expected) {
            for (long skipped = expected; skipped < number; skipped++) {
                missing.add(skipped);
            }
            expected = number + 1;
        } else if (missing.remove(number)) {
            reordered++;
        } else {
            doubled++;
        }
    }

    long inFlight() {
        return sent - expected;
    }

    /** The number of the oldest message that is waited for. */
    long oldest() {
        return expected;
    }

    long sent() {
        return sent;
    }

    long echoed() {
        return echoed;
    }

    long lost() {
        return missing.size() + inFlight();
    }

    /** Echoes that came twice, or of what was never sent. */
    long doubled() {
        return doubled;
    }

    long reordered() {
        return reordered;
    }
}
