package io.fieldgate.testkit;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is the same of a session whichever handler has it: the client, its queue and its attributes.
 *
 * <p><b>Threading.</b> Safe for use by many threads; stages complete on the thread that lets a message leave, without a lock.
 */
final class FakeClient {

    private static final int MAX_NOTES = 64;
    private static final int MAX_KEY = 256;
    private static final int MAX_VALUE = 65_536;
    private static final int MAX_UNSENT_KEYS = 1024;

    private final String id;
    private final SocketRequest request;
    private final Optional<String> subprotocol;
    private final int maxMessages;
    private final int maxBytes;

    // All that follows is guarded by this.
    private final Map<String, String> notes = new HashMap<>();
    private final List<Entry> queue = new ArrayList<>();
    private int departed; // so many of the queue have left
    private int shown; // so many of the queue has a test asked for
    private boolean stalled;
    private CloseReason closed;

    private static final class Entry {
        private final String key;
        private final FakeSession sender;
        private final CompletableFuture<Void> left = new CompletableFuture<>();
        private Message message;

        Entry(String key, FakeSession sender, Message message) {
            this.key = key;
            this.sender = sender;
            this.message = message;
        }
    }

    FakeClient(FakeSession.Builder builder) {
        id = builder.id;
        request = builder.request.build();
        subprotocol = builder.subprotocol;
        maxMessages = builder.maxMessages;
        maxBytes = builder.maxBytes;
    }

    String id() {
        return id;
    }

    SocketRequest request() {
        return request;
    }

    Optional<String> subprotocol() {
        return subprotocol;
    }

    /**
     * Queues a message.
     *
     * @param key replaces the unsent message of this key in its place; empty for none
     * @return a stage that completes when the message has left, or empty if nothing was queued
     */
    Optional<CompletableFuture<Void>> send(FakeSession sender, String key, Message message) {
        Entry entry;
        List<Entry> ended = List.of();
        synchronized (this) {
            if (closed != null) {
                return Optional.empty();
            }
            Optional<Entry> unsent = unsent(key);
            if (!fits(unsent, key, message)) {
                closed = new CloseReason(CloseReason.TRY_AGAIN_LATER, "queue full");
                ended = lose();
                entry = null;
            } else if (unsent.isPresent()) {
                entry = unsent.get();
                entry.message = message;
            } else {
                entry = new Entry(key, sender, message);
                queue.add(entry);
                if (!stalled) {
                    departed++;
                    ended = List.of(entry);
                }
            }
        }
        if (entry == null) {
            fail(ended, "the queue is full");
            return Optional.empty();
        }
        ended.forEach(left -> left.left.complete(null));
        return Optional.of(entry.left);
    }

    private Optional<Entry> unsent(String key) {
        return key.isEmpty()
                ? Optional.empty()
                : waiting().stream().filter(entry -> entry.key.equals(key)).findFirst();
    }

    // A message that is alone in the queue always fits, as in the gateway.
    private boolean fits(Optional<Entry> unsent, String key, Message message) {
        List<Entry> others = new ArrayList<>(waiting());
        unsent.ifPresent(others::remove);
        long keys = others.stream().filter(entry -> !entry.key.isEmpty()).count();
        long bytes = others.stream().mapToLong(entry -> entry.message.size()).sum() + message.size();
        return others.size() < maxMessages
                && (others.isEmpty() || bytes <= maxBytes)
                && (key.isEmpty() || keys < MAX_UNSENT_KEYS);
    }

    private List<Entry> waiting() {
        return queue.subList(departed, queue.size());
    }

    synchronized int waitingMessages() {
        return waiting().size();
    }

    synchronized List<Message> messages() {
        return queue.stream().map(entry -> entry.message).toList();
    }

    /** What came since this was last asked, at most so many. */
    synchronized List<Message> fresh(int most) {
        List<Message> all = messages();
        int from = Math.min(shown, all.size());
        shown = from + Math.min(most, all.size() - from);
        return all.subList(from, shown);
    }

    synchronized void stall() {
        stalled = true;
    }

    /** Lets the oldest message leave; false if none waits. */
    boolean leaveOne() {
        Entry entry;
        synchronized (this) {
            if (departed == queue.size()) {
                return false;
            }
            entry = queue.get(departed++);
        }
        entry.left.complete(null);
        return true;
    }

    void catchUp() {
        synchronized (this) {
            stalled = false;
        }
        boolean more = true;
        while (more) {
            more = leaveOne();
        }
    }

    synchronized Optional<CloseReason> closed() {
        return Optional.ofNullable(closed);
    }

    synchronized void close(CloseReason reason) {
        if (closed == null) {
            closed = reason;
        }
    }

    void disconnect() {
        List<Entry> lost;
        synchronized (this) {
            close(new CloseReason(CloseReason.ABNORMAL, ""));
            lost = lose();
        }
        fail(lost, "the connection has ended");
    }

    private List<Entry> lose() {
        List<Entry> lost = List.copyOf(waiting());
        waiting().clear();
        return lost;
    }

    /** Fails the stages of a handler that has gone; its messages stay. */
    void forget(FakeSession sender) {
        List<Entry> forgotten;
        synchronized (this) {
            forgotten =
                    waiting().stream().filter(entry -> entry.sender == sender).toList();
        }
        fail(forgotten, "the session belongs to another handler");
    }

    private void fail(List<Entry> entries, String why) {
        entries.forEach(entry -> entry.left.completeExceptionally(new IllegalStateException(id + ": " + why)));
    }

    synchronized Optional<String> note(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    synchronized Map<String, String> notes() {
        return Map.copyOf(notes);
    }

    synchronized void setNote(String key, String value) {
        if (key.length() > MAX_KEY || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "an attribute has a key of at most " + MAX_KEY + " and a value of at most " + MAX_VALUE
                            + " characters, got " + key.length() + " and " + value.length());
        }
        if (value.isEmpty()) {
            notes.remove(key);
            return;
        }
        if (notes.size() >= MAX_NOTES && !notes.containsKey(key)) {
            throw new IllegalArgumentException("a session has at most " + MAX_NOTES + " attributes");
        }
        notes.put(key, value);
    }
}
