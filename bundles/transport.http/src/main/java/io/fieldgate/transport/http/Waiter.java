package io.fieldgate.transport.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** A request in the {@link WaitingRoom}. Of its two ends one happens, once. */
abstract class Waiter {

    private final Request request;
    private final long since;

    private Scheduler.Task alarm; // guarded by the room

    /** @param since when it came, by {@link System#nanoTime} */
    Waiter(Request request, long since) {
        this.request = request;
        this.since = since;
    }

    Request request() {
        return request;
    }

    long since() {
        return since;
    }

    /** Notes what would end the waiting; that must not go off any more when it has ended. */
    void wake(Scheduler.Task later) {
        alarm = later;
    }

    /** Nothing is to end the waiting any more. */
    void rest() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** It waits from now on. */
    abstract void begin();

    /** Tells whether nobody waits for the answer any more, as far as that can be seen without waiting. */
    abstract boolean isAbandoned();

    /** What it waited for is there. Returns at once. */
    abstract void goOn();

    /** It has waited in vain, or must not wait. */
    abstract void refuse(Problem problem);
}
