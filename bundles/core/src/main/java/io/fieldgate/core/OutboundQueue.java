package io.fieldgate.core;

import io.fieldgate.api.data.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What waits to be sent to one client: a ring that grows up to a bound in messages and bytes. A message is in the account
 * until it is reported sent: first unsent, then fetched by the transport. A message that is alone in the queue always fits,
 * however great it is.
 *
 * <p><b>Threading.</b> Not for use by several threads; the session's lock guards it.
 */
final class OutboundQueue {

    static final int MAX_KEYS = 1024;
    private static final Object[] NONE = {};
    private static final Map<String, Latest> NO_KEYS = Map.of();
    private static final int FIRST_CAPACITY = 4;
    /** A ring that has grown further is given up when it is empty, so that one burst does not cost memory for ever. */
    private static final int KEPT_CAPACITY = 32;

    private final int maxMessages;
    private final int maxBytes;
    private Object[] ring = NONE; // Message, Tracked or Latest; the length is a power of two
    private int head;
    private int fetched;
    private int size;
    private long bytes;
    private Map<String, Latest> latest = NO_KEYS;

    OutboundQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    private record Tracked(Message message, CompletableFuture<Void> left) {}

    private static final class Latest {
        private final String key;
        private Message message;

        Latest(String key, Message message) {
            this.key = key;
            this.message = message;
        }
    }

    /** Adds a message at the end; false if it does not fit. */
    boolean add(Message message) {
        return append(message, message.size());
    }

    /** Adds a message whose leaving completes the future; false if it does not fit. */
    boolean add(Message message, CompletableFuture<Void> left) {
        return append(new Tracked(message, left), message.size());
    }

    /** Replaces the unsent message of the same key in its place, or adds one at the end; false if it does not fit. */
    boolean put(String key, Message message) {
        Latest unsent = latest.get(key);
        if (unsent == null) {
            Latest slot = new Latest(key, message);
            if (latest.size() >= MAX_KEYS || !append(slot, message.size())) {
                return false;
            }
            if (latest == NO_KEYS) {
                latest = new HashMap<>();
            }
            latest.put(key, slot);
            return true;
        }
        long after = bytes - unsent.message.size() + message.size();
        if (after > maxBytes && size > 1) {
            return false;
        }
        bytes = after;
        unsent.message = message;
        return true;
    }

    /** Hands out the oldest unsent message, or null if there is none. */
    Message fetch() {
        if (fetched == size) {
            return null;
        }
        Object slot = ring[index(fetched++)];
        if (slot instanceof Latest taken) {
            latest.remove(taken.key);
        }
        return messageOf(slot);
    }

    /** Takes the oldest fetched message out of the account; returns the future to complete, or null if nobody asked. */
    CompletableFuture<Void> sent() {
        if (fetched == 0) {
            return null;
        }
        Object slot = ring[head];
        ring[head] = null;
        head = index(1);
        fetched--;
        size--;
        bytes -= messageOf(slot).size();
        shrink();
        return slot instanceof Tracked tracked ? tracked.left : null;
    }

    /** Forgets what was not fetched; returns the futures that will never complete. */
    List<CompletableFuture<Void>> dropUnsent() {
        List<CompletableFuture<Void>> lost = new ArrayList<>();
        for (int i = fetched; i < size; i++) {
            Object slot = ring[index(i)];
            ring[index(i)] = null;
            bytes -= messageOf(slot).size();
            if (slot instanceof Tracked tracked) {
                lost.add(tracked.left);
            }
        }
        size = fetched;
        latest = NO_KEYS;
        shrink();
        return lost;
    }

    /** Forgets everything; returns the futures that will never complete, in order. */
    List<CompletableFuture<Void>> clear() {
        fetched = 0;
        return dropUnsent();
    }

    /** Keeps the messages and gives up the futures, which it returns in order. */
    List<CompletableFuture<Void>> untrack() {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (ring[index(i)] instanceof Tracked tracked) {
                futures.add(tracked.left);
                ring[index(i)] = tracked.message;
            }
        }
        return futures;
    }

    boolean hasUnsent() {
        return size > fetched;
    }

    boolean isAboveHalf() {
        return 2L * size > maxMessages || 2 * bytes > maxBytes;
    }

    int messages() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    private boolean append(Object slot, int length) {
        if (size >= maxMessages || (size > 0 && bytes + length > maxBytes)) {
            return false;
        }
        if (size == ring.length) {
            grow();
        }
        ring[index(size)] = slot;
        size++;
        bytes += length;
        return true;
    }

    private void grow() {
        Object[] wider = new Object[Math.max(FIRST_CAPACITY, ring.length * 2)];
        for (int i = 0; i < size; i++) {
            wider[i] = ring[index(i)];
        }
        ring = wider;
        head = 0;
    }

    private void shrink() {
        if (size == 0 && ring.length > KEPT_CAPACITY) {
            ring = NONE;
            head = 0;
            latest = NO_KEYS;
        }
    }

    private int index(int fromHead) {
        return (head + fromHead) & (ring.length - 1);
    }

    private static Message messageOf(Object slot) {
        if (slot instanceof Message message) {
            return message;
        }
        return slot instanceof Tracked tracked ? tracked.message : ((Latest) slot).message;
    }
}
