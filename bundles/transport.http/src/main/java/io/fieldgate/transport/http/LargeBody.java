package io.fieldgate.transport.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A request whose body is read as somebody asks for it. The time counts in which it is waited for: a reader that takes its time is not the
 * client's fault.
 *
 * <p><b>Threading.</b> One thread reads at a time; another one asks how fast that goes.
 */
final class LargeBody extends Request.Wrapper implements Incoming {

    private boolean waiting; // guarded by this, as all below
    private long waitingSince;
    private long waitedNanos;
    private long received;

    LargeBody(Request request) {
        super(request);
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        hasRead(chunk == null ? 0 : chunk.remaining());
        return chunk;
    }

    @Override
    public void demand(Runnable callback) {
        waits();
        super.demand(callback);
    }

    @Override
    public synchronized boolean isTooSlow(long now, Bounds current) {
        stopClock(now);
        if (waitedNanos < TimeUnit.SECONDS.toNanos(current.bodySeconds())) {
            return false;
        }
        boolean tooSlow = received < (long) current.minBytesPerSecond() * current.bodySeconds();
        waitedNanos = 0;
        received = 0;
        return tooSlow;
    }

    @Override
    public void giveUp() {
        BodyIntake.watched(this).ifPresent(WatchedConnection::close);
    }

    private synchronized void waits() {
        waiting = true;
        waitingSince = System.nanoTime();
    }

    private synchronized void hasRead(int bytes) {
        stopClock(System.nanoTime());
        waiting = false;
        received += bytes;
    }

    /** Counts the time up to now; if it is still waited for, the next begins at once. */
    private void stopClock(long now) {
        if (waiting) {
            waitedNanos += now - waitingSince;
            waitingSince = now;
        }
    }
}
