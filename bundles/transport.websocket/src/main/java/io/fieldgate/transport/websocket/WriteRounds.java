package io.fieldgate.transport.websocket;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back what a thread has to write while it deals with what it has read. So several messages to one client, whoever is
 * its sender, leave in one write: answers to requests that came together, and broadcasts that were published together.
 *
 * <p><b>Threading.</b> Each thread has a round of its own.
 */
final class WriteRounds {

    private static final Logger LOG = LoggerFactory.getLogger(WriteRounds.class);

    /** The writers that this thread holds back; nothing while it is not in a round. */
    private static final ThreadLocal<List<OutboundWriter>> HELD = new ThreadLocal<>();

    private WriteRounds() {}

    /** Begins a round of this thread; {@link #end} must follow, even if this fails. */
    static void begin() {
        HELD.set(new ArrayList<>());
    }

    /** Holds a writer back to the end of this thread's round; false if there is none, or the writer is at work or held. */
    static boolean hold(OutboundWriter writer) {
        List<OutboundWriter> mine = HELD.get();
        if (mine == null) {
            return false;
        }
        // Noted first: for that there may be no memory, and nobody would let go a writer that is held and not noted.
        mine.add(writer);
        if (writer.hold()) {
            return true;
        }
        mine.remove(mine.size() - 1);
        return false;
    }

    /** Lets go what was held back and is not written yet. */
    static void end() {
        List<OutboundWriter> mine = HELD.get();
        // First, so that what the writing leads to is written at once. An empty entry stays with the thread; to remove
        // it and make it anew for each read costs an echo 5 % of its processor time.
        HELD.set(null);
        if (mine == null) {
            return;
        }
        for (OutboundWriter writer : mine) {
            try {
                writer.release();
            } catch (RuntimeException | OutOfMemoryError e) {
                // Whoever comes behind it has nothing to do with it; the heartbeat finds out that nothing leaves here.
                LOG.error("what was held back for a client was not written", e);
            }
        }
    }
}
