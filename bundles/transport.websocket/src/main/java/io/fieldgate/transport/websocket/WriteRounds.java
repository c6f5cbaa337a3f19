package io.fieldgate.transport.websocket;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds back what a thread has to write while it deals with what it has read. So several messages to one client, whoever is
 * its sender, leave in one write: answers to requests that came together, and broadcasts that were published together.
 *
 * <p><b>Threading.</b> Each thread has a round of its own.
 */
final class WriteRounds {

    /** The writers that this thread holds back; nothing while it is not in a round. */
    private static final ThreadLocal<List<OutboundWriter>> HELD = new ThreadLocal<>();

    private WriteRounds() {}

    /** Begins a round of this thread; {@link #end} must follow. */
    static void begin() {
        HELD.set(new ArrayList<>());
    }

    /** Holds a writer back to the end of this thread's round; false if there is none, or the writer is at work or HELD. */
    static boolean hold(OutboundWriter writer) {
        List<OutboundWriter> mine = HELD.get();
        return mine != null && writer.hold() && mine.add(writer);
    }

    /** Lets go what was held back and is not written yet. */
    static void end() {
        List<OutboundWriter> mine = HELD.get();
        HELD.remove(); // first: what the writing leads to is written at once
        mine.forEach(OutboundWriter::release);
    }
}
