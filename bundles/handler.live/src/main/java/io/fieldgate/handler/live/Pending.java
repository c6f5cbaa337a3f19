package io.fieldgate.handler.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The requests of one session that wait for hardware. Each is answered once, whoever does it. */
final class Pending {

    /** The most requests of one session that wait at a time. */
    static final int MAX = 64;

    // Guarded by this. A client may use an id twice, so each request gets a ticket.
    private final Map<Long, String> ids = new LinkedHashMap<>();
    private long tickets;

    /** Notes a request, unless too many wait already. */
    synchronized OptionalLong add(String id) {
        if (ids.size() >= MAX) {
            return OptionalLong.empty();
        }
        ids.put(++tickets, id);
        return OptionalLong.of(tickets);
    }

    /** Claims the right to answer a request. */
    synchronized boolean claim(long ticket) {
        return ids.remove(ticket) != null;
    }

    /** Claims all that is left. */
    synchronized List<String> claimAll() {
        List<String> left = new ArrayList<>(ids.values());
        ids.clear();
        return left;
    }
}
