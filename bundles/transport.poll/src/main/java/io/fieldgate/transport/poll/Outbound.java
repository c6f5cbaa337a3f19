package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.LinkedSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the gateway says to one client. It is fetched from the session when an {@link Outlet} is there that takes it, and kept
 * until the client has acknowledged it. So what a client does not take stays in the session's own queue, whose bound counts.
 *
 * <p><b>Threading.</b> Each method may be called from any thread; all is done in the session's {@link Lane}.
 */
final class Outbound {

    /** As much is written at a time. */
    private static final int BATCH_BYTES = 32_768;

    /** How long what was fetched may take to leave when the session ends, in seconds; the core waits 5 s. */
    private static final int FAREWELL_SECONDS = 3;

    private final Lane lane;
    private final Gate gate;
    private final Runnable abandoned;
    private final int resumeSeconds;
    private final int silenceSeconds;
    private final int maxMessages;
    private final AtomicBoolean flush = new AtomicBoolean();
    private volatile long last;

    // for use in the lane
    private final Kept kept;
    private LinkedSession session;
    private Outlet outlet;
    private boolean acknowledging;
    private long written; // the last message that has left
    private long reported; // the last message that the session was told of
    private int alone; // seconds without an outlet
    private int unanswered; // seconds since the client has acknowledged what it was sent
    private CloseReason ending;
    private int ended; // seconds since then

    /**
     * @param budget for what all sessions keep
     * @param gate to the session; shut when the client was told the end
     * @param abandoned runs when the client was away for too long, again each second
     */
    Outbound(Lane lane, Gate gate, Settings settings, KeptBudget budget, Runnable abandoned) {
        this.lane = lane;
        this.gate = gate;
        this.abandoned = abandoned;
        resumeSeconds = settings.resumeSeconds();
        maxMessages = settings.keepMaxMessages();
        kept = new Kept(settings.keepMaxMessages(), settings.keepMaxBytes(), budget);
        silenceSeconds = settings.resumeSeconds() + settings.postWaitSeconds();
    }

    /** Begins; the lane is held until then. */
    void open(LinkedSession opened) {
        session = opened;
    }

    /** There is something to fetch. */
    void flush() {
        if (flush.compareAndSet(false, true)) {
            lane.run(this::pump);
        }
    }

    /** The number of the last message that was fetched. */
    long last() {
        return last;
    }

    /** The client hears through this from now on; what it has is acknowledged. */
    void attach(Outlet next) {
        lane.run(() -> {
            if (!kept.holdsBehind(next.position())) {
                next.refuse(Refusal.gone("what follows message " + next.position()
                        + " is no longer kept, the first that is kept is " + kept.first()));
                return;
            }
            kept.acknowledge(next.position());
            written = Math.max(written, next.position());
            Outlet former = outlet;
            outlet = next;
            alone = 0;
            unanswered = 0;
            if (former != null) {
                former.supersede();
            }
            next.begin();
            pump();
        });
    }

    /** The client has said that it has everything up to this message. */
    void acknowledge(long number) {
        lane.run(() -> {
            acknowledging = true;
            unanswered = 0;
            kept.acknowledge(Math.min(number, kept.last()));
            pump();
        });
    }

    /** An outlet has written what it was given. */
    void written(Outlet by) {
        lane.run(() -> {
            by.taken();
            written = Math.max(written, by.position());
            if (by.isSpent() && by == outlet) {
                outlet = null;
            }
            pump();
            if (isTold(by)) {
                gate.shut();
            }
        });
    }

    /** An outlet is of no use any more. */
    void detached(Outlet failed) {
        lane.run(() -> {
            if (failed == outlet) {
                outlet = null;
            }
        });
    }

    /** Ends: what was fetched goes out, then the reason. Nothing is fetched any more. */
    void end(CloseReason reason) {
        lane.run(() -> {
            if (ending != null) {
                return;
            }
            ending = reason;
            pump();
            if (outlet == null && written == kept.last()) {
                gate.shut();
            }
        });
    }

    /** Ends without another word. */
    void cut() {
        lane.run(() -> {
            if (outlet != null) {
                outlet.supersede();
                outlet = null;
            }
            gate.shut();
        });
    }

    /** A second has passed. */
    void beat() {
        lane.run(() -> {
            if (outlet != null) {
                outlet.beat();
                hangUpIfUnanswered();
            } else {
                alone++;
            }
            if (ending != null) {
                ended++;
            }
            if (ended == FAREWELL_SECONDS) {
                gate.shut();
            }
            if (ending == null ? alone >= resumeSeconds : ended >= Math.max(resumeSeconds, FAREWELL_SECONDS)) {
                abandoned.run();
            }
        });
    }

    /** The session is over and nobody will ask: forgets what was kept. */
    void forget() {
        lane.run(() -> kept.acknowledge(kept.last()));
    }

    /** A client that acknowledges and has ceased to has vanished, which TCP may notice much later. One that is there comes back. */
    private void hangUpIfUnanswered() {
        unanswered = acknowledging && kept.first() <= written ? unanswered + 1 : 0;
        if (unanswered >= silenceSeconds) {
            outlet.supersede();
            outlet = null;
        }
    }

    /** Tells whether the client has been told the end by this outlet. */
    private boolean isTold(Outlet by) {
        return ending != null && by.isSpent() && by.position() == kept.last();
    }

    private void pump() {
        flush.set(false);
        report();
        Outlet to = outlet;
        if (to == null || to.isBusy()) {
            return;
        }
        if (to.position() == kept.last() && ending == null) {
            fetch(to);
        }
        List<Message> batch = kept.behind(to.position(), BATCH_BYTES);
        boolean end = ending != null && to.position() + batch.size() == kept.last();
        if (!batch.isEmpty() || end || to.isEager()) {
            to.give(batch, end ? ending : null);
        }
    }

    private void report() {
        if (reported == written || !gate.enter()) {
            return;
        }
        try {
            while (reported < written) {
                reported++;
                session.sent();
            }
        } finally {
            gate.leave();
        }
    }

    private void fetch(Outlet to) {
        if (!gate.enter()) {
            return;
        }
        try {
            Optional<Message> next = Optional.empty();
            int count = 0;
            long bytes = 0;
            do {
                if (!acknowledging && !to.acknowledges()) {
                    kept.makeRoom(to.position());
                }
                next = kept.isFull() ? Optional.empty() : session.next();
                if (next.isPresent()) {
                    kept.add(next.get());
                    count++;
                    bytes += next.get().size();
                }
            } while (next.isPresent() && count < maxMessages && bytes < BATCH_BYTES);
            last = kept.last();
        } finally {
            gate.leave();
        }
    }
}
