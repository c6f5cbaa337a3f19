package io.fieldgate.handler.live;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a request holds while it is open: one of the bounded places, a subscription, a timer. All are given back once, whoever
 * ends the request and however early.
 */
final class Membership {

    private final Streams streams;
    private final Fanout fanout;

    // Guarded by this.
    private Streams.Stream stream;
    private Subscriber subscriber;
    private Future<?> timer;
    private boolean ended;

    Membership(Streams streams, Fanout fanout) {
        this.streams = streams;
        this.fanout = fanout;
    }

    /** Takes a place, or throws if there is none. */
    synchronized void enter(Streams.Stream held) throws HttpProblem {
        streams.add(held);
        stream = held;
    }

    /** Subscribes. */
    void join(Selection selection, Position position, Outlet outlet) {
        Subscriber joined = fanout.join(selection, position, outlet);
        boolean late;
        synchronized (this) {
            subscriber = joined;
            late = ended;
        }
        if (late) {
            leave(joined);
        }
    }

    /** Sets a limit to the time. */
    void limit(int seconds, Runnable expired) {
        Future<?> limit = fanout.worker().schedule(expired, seconds, TimeUnit.SECONDS);
        synchronized (this) {
            timer = limit;
            if (ended) {
                limit.cancel(false);
            }
        }
    }

    /** Gives back what is held. */
    void end() {
        Subscriber held;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            held = subscriber;
            if (timer != null) {
                timer.cancel(false);
            }
            if (stream != null) {
                streams.remove(stream);
            }
        }
        if (held != null) {
            leave(held);
        }
    }

    /** By the worker, because this may be a call from within the subscriber, whose lock is never held when it leaves. */
    private void leave(Subscriber held) {
        fanout.worker().execute(() -> fanout.leave(held));
    }
}
