package io.fieldgate.security;

import io.fieldgate.api.data.User;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tickets: each stands once, and for half a minute, for the user who asked for it. They are kept in memory alone.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Tickets {

    static final Duration LIFE = Duration.ofSeconds(30);
    static final int MAX = 2048;
    static final int MAX_PER_GRANT = 32;

    private final LongSupplier nanoTime;
    private final Map<String, Entry> entries = new LinkedHashMap<>(); // guarded by this; by digest, the oldest first

    private record Entry(User user, long until) {}

    Tickets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes a ticket. The oldest goes if there are too many of the same grant, or in all. */
    synchronized String make(User user) {
        dropEnded();
        int ofGrant = 0;
        for (Entry entry : entries.values()) {
            ofGrant += entry.user.grant().equals(user.grant()) ? 1 : 0;
        }
        if (ofGrant >= MAX_PER_GRANT) {
            dropOldest(user.grant());
        } else if (entries.size() >= MAX) {
            entries.remove(entries.keySet().iterator().next());
        }
        String ticket = Secrets.random(16);
        entries.put(Secrets.digest(ticket), new Entry(user, nanoTime.getAsLong() + LIFE.toNanos()));
        return ticket;
    }

    private void dropOldest(String grant) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().user.grant().equals(grant)) {
                oldest.remove();
                return;
            }
        }
    }

    private void dropEnded() {
        long now = nanoTime.getAsLong();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && now - oldest.next().until >= 0) {
            oldest.remove();
        }
    }

    /** Takes a ticket, which is used up by it, good or not. */
    synchronized Optional<User> take(String ticket) {
        dropEnded();
        return Optional.ofNullable(entries.remove(Secrets.digest(ticket))).map(Entry::user);
    }

    synchronized int size() {
        return entries.size();
    }
}
