package io.fieldgate.core;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.Optional;

/** What becomes of a write that a bundle has asked for: the hold, the line in the audit log, the answer. */
final class AskedWrite implements WriteCall.End {

    private final Order order;
    private final Optional<Value> safe;
    private final Holds holds;
    private final WriteLog log;
    private final PointReply reply;
    // Guarded by this.
    private boolean fresh;
    private boolean told;

    /**
     * Begins.
     *
     * @param order what was asked for
     * @param safe the safe value of a held write
     * @param holds where the point is held, or is not any more
     * @param log is told what became of it, once
     * @param reply to whom it matters
     */
    AskedWrite(Order order, Optional<Value> safe, Holds holds, WriteLog log, PointReply reply) {
        this.order = order;
        this.safe = safe;
        this.holds = holds;
        this.log = log;
        this.reply = reply;
    }

    @Override
    public void begins() throws PointException {
        if (safe.isPresent()) {
            boolean first = holds.begin(order, safe.get());
            synchronized (this) {
                fresh = first;
            }
        }
    }

    @Override
    public void answer(Sample sample) {
        if (safe.isEmpty()) {
            holds.end(order.point());
        }
        if (tells()) {
            log.done(order, () -> reply.answer(sample));
        }
    }

    @Override
    public void fail(Reason reason, String why) {
        if (isFresh() && refuses(reason)) {
            holds.withdraw(order);
        }
        tell(reason, why);
    }

    @Override
    public void overdue(String why) {
        tell(Reason.TIMEOUT, why);
    }

    private void tell(Reason reason, String why) {
        if (tells()) {
            log.failed(order, reason, () -> reply.fail(reason, why));
        }
    }

    private static boolean refuses(Reason reason) {
        return reason == Reason.OUT_OF_RANGE || reason == Reason.READ_ONLY || reason == Reason.UNKNOWN_POINT;
    }

    private synchronized boolean isFresh() {
        return fresh;
    }

    private synchronized boolean tells() {
        boolean first = !told;
        told = true;
        return first;
    }
}
