package io.fieldgate.transport.poll;

import io.fieldgate.api.data.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What a client was sent and has not acknowledged, numbered from 1 throughout the session. For use in one {@link Lane} only.
 */
final class Kept {

    /** What a session may keep in any case, so that those who keep much do not slow down the rest. */
    static final int LEAST_BYTES = 8_192;

    private final int maxMessages;
    private final int maxBytes;
    private final KeptBudget budget;
    private final Deque<Message> messages = new ArrayDeque<>(4);
    private long first = 1;
    private long bytes;

    /** @param budget of all sessions together; when it is spent, no more than the least is kept */
    Kept(int maxMessages, int maxBytes, KeptBudget budget) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    void add(Message message) {
        messages.add(message);
        bytes += message.size();
        budget.take(message.size());
    }

    /** The number of the first message that is kept, or would be. */
    long first() {
        return first;
    }

    /** The number of the last message there was, 0 if there was none. */
    long last() {
        return first + messages.size() - 1;
    }

    boolean isFull() {
        return messages.size() >= maxMessages || bytes >= maxBytes || (bytes >= LEAST_BYTES && budget.isSpent());
    }

    /** Tells whether everything behind a message is here. */
    boolean holdsBehind(long number) {
        return number >= first - 1 && number <= last();
    }

    /** Forgets everything up to a message. */
    void acknowledge(long number) {
        while (first <= number && !messages.isEmpty()) {
            forgetFirst();
        }
    }

    /** Forgets the oldest, and at most up to a message, until there is room for one. */
    void makeRoom(long upTo) {
        while (isFull() && first <= upTo) {
            forgetFirst();
        }
    }

    /**
     * What comes behind a message.
     *
     * @param number of the message
     * @param limit how many bytes are enough; at least one message is given if there is one
     */
    List<Message> behind(long number, int limit) {
        List<Message> batch = new ArrayList<>();
        if (number >= last()) {
            return batch;
        }
        Iterator<Message> all = messages.iterator();
        for (long skipped = first; skipped <= number; skipped++) {
            all.next();
        }
        for (long size = 0; all.hasNext() && size < limit; ) {
            Message message = all.next();
            batch.add(message);
            size += message.size();
        }
        return batch;
    }

    private void forgetFirst() {
        int size = messages.remove().size();
        bytes -= size;
        budget.giveBack(size);
        first++;
    }
}
