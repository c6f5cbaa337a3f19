package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the messages of all clients together may take that have not come whole yet. Who asks for more than there
 * is goes; those who have it go on.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class BufferBudget {

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    BufferBudget(long max) {
        this.max = max;
    }

    /**
     * Takes bytes, to be given back.
     *
     * @throws ProtocolBreach if there are not so many; then none is taken
     */
    void take(int bytes) throws ProtocolBreach {
        if (taken.addAndGet(bytes) > max) {
            taken.addAndGet(-bytes);
            throw new ProtocolBreach(
                    CloseReason.TRY_AGAIN_LATER, "there are too many messages that have not come whole yet");
        }
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes are taken. */
    long taken() {
        return taken.get();
    }
}
