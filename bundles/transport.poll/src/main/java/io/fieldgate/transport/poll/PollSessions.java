package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The sessions that are there, those that have just ended among them. Their number is bounded; one that has ended makes room
 * for one that is new.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class PollSessions {

    private static final int ID_BYTES = 16;

    private final int max;
    private final KeptBudget budget;
    private final Supplier<String> ids;
    private final Map<String, PollLink> byId = new ConcurrentHashMap<>();

    // guarded by this
    private int taken; // those that are there, and those that are about to be
    private int open;
    private boolean shut;

    /**
     * @param max how many there may be
     * @param keepTotalBytes how many bytes of messages they may keep together
     */
    PollSessions(int max, long keepTotalBytes) {
        this(max, keepTotalBytes, new SecureRandom());
    }

    private PollSessions(int max, long keepTotalBytes, SecureRandom random) {
        this(max, keepTotalBytes, () -> {
            byte[] id = new byte[ID_BYTES];
            random.nextBytes(id);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        });
    }

    /** For tests, which need to know the ids. */
    PollSessions(int max, long keepTotalBytes, Supplier<String> ids) {
        this.max = max;
        budget = new KeptBudget(keepTotalBytes);
        this.ids = ids;
    }

    /** For what all sessions keep. */
    KeptBudget budget() {
        return budget;
    }

    /** Makes an id that nobody can guess. */
    String newId() {
        return ids.get();
    }

    /** Keeps a place for a session that is about to be; false if there is none. */
    synchronized boolean reserve() {
        if (taken >= max) {
            byId.values().stream().filter(PollLink::isOver).findAny().ifPresent(this::forget);
        }
        boolean free = !shut && taken < max;
        taken += free ? 1 : 0;
        return free;
    }

    /** Gives back the place of a session that has not come to be. */
    synchronized void release() {
        taken--;
    }

    /** Takes in a session in the place that was kept for it; false if none is taken any more, and the place is given back. */
    synchronized boolean add(PollLink link) {
        open++; // until it says that it is over, taken in or not
        if (shut) {
            release();
            return false;
        }
        byId.put(link.id(), link);
        return true;
    }

    Optional<PollLink> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A session is over; it stays to say so. */
    synchronized void over() {
        open--;
        notifyAll();
    }

    /** A session is over and nobody needs to know. */
    void forget(PollLink link) {
        if (byId.remove(link.id(), link)) {
            link.outbound().forget();
            release();
        }
    }

    /** How many are open. */
    synchronized int count() {
        return open;
    }

    /** A second has passed. */
    void beat() {
        byId.values().forEach(PollLink::beat);
    }

    /** Takes no session any more. */
    synchronized void shut() {
        shut = true;
    }

    /**
     * Says goodbye to all, waits until they have been told, and cuts those that have not by then.
     *
     * @param limit how long to wait at most
     */
    void closeAll(CloseReason reason, Duration limit) {
        byId.values().forEach(link -> link.close(reason));
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            try {
                for (long left = limit.toNanos(); left > 0 && open > 0; left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byId.values().forEach(PollLink::cut);
    }
}
