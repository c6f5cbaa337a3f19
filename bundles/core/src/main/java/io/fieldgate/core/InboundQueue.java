package io.fieldgate.core;

import io.fieldgate.api.data.Message;
import java.util.ArrayDeque;

/**
 * What was read from one client and waits for its handler. The first message needs no queue, which is all that most
 * sessions ever need.
 *
 * <p><b>Threading.</b> Not for use by several threads; the session's lock guards it. Bounded by its owner, which asks for no
 * message when there is no {@link #hasRoom room}.
 */
final class InboundQueue {

    private Message first;
    private ArrayDeque<Message> rest;
    private long bytes;

    void add(Message message) {
        bytes += message.size();
        if (first == null) {
            first = message;
            return;
        }
        if (rest == null) {
            rest = new ArrayDeque<>();
        }
        rest.add(message);
    }

    /** Takes the oldest message, or null if there is none. */
    Message poll() {
        Message oldest = first;
        if (oldest != null) {
            bytes -= oldest.size();
            first = rest == null ? null : rest.poll();
        }
        return oldest;
    }

    boolean isEmpty() {
        return first == null;
    }

    boolean hasRoom(int maxMessages, int maxBytes) {
        int waiting = first == null ? 0 : 1 + (rest == null ? 0 : rest.size());
        return waiting < maxMessages && bytes < maxBytes;
    }

    void clear() {
        first = null;
        rest = null;
        bytes = 0;
    }
}
