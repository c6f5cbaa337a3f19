package io.fieldgate.testkit;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.SocketSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A session without a network. The client takes each message at once; after {@link #stall} it takes nothing until the test
 * says so, and the queue fills up to its bounds as the gateway's does.
 *
 * <p>A test calls the handler itself: a fake calls nobody. It keeps the contract of {@link SocketSession}: the limits of
 * queue and attributes, the place of a message that {@link #sendLatest} replaces, what becomes of stages.
 *
 * <p><b>Threading.</b> Safe for use by many threads. A stage of {@link #sendTracked} completes on the thread that lets its
 * message leave: that of the sender, or after {@link #stall} that of the test.
 */
public final class FakeSession implements SocketSession {

    private static final AtomicLong NUMBER = new AtomicLong();

    private final FakeClient client;
    private final List<Message> refused = new ArrayList<>(); // guarded by itself
    private volatile boolean revoked;

    private FakeSession(FakeClient client) {
        this.client = client;
    }

    /**
     * Opens a session of an anonymous viewer without a subprotocol.
     *
     * @param path the decoded path, beginning with a slash
     * @return the session
     */
    public static FakeSession of(String path) {
        return builder(path).build();
    }

    /**
     * Starts a session.
     *
     * @param path the decoded path, beginning with a slash
     * @return a builder
     */
    public static Builder builder(String path) {
        return builder(SocketRequest.builder(path).transport("test").remoteAddress("192.0.2.1:50000"));
    }

    /**
     * Starts a session for a request of which more is known.
     *
     * @param request the request
     * @return a builder
     */
    public static Builder builder(SocketRequest.Builder request) {
        return new Builder(request);
    }

    /**
     * What the handler has sent: what has left and behind it what waits, without what was replaced or lost.
     *
     * @return a snapshot, in the order of the queue
     */
    public List<Message> messages() {
        return client.messages();
    }

    /**
     * What the handler has sent since this, {@link #newTexts} or {@link #next} was last called.
     *
     * @return the messages, in the order of the queue
     */
    public List<Message> newMessages() {
        return client.fresh(Integer.MAX_VALUE);
    }

    /**
     * The texts of {@link #newMessages}.
     *
     * @return the texts, in the order of the queue
     * @throws IllegalStateException if a message is binary
     */
    public List<String> newTexts() {
        return newMessages().stream().map(Message::text).toList();
    }

    /**
     * The next message that the handler has sent.
     *
     * @return the message behind the one that was asked for last
     * @throws AssertionError if there is none
     */
    public Message next() {
        return client.fresh(1).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing more was sent to " + id()));
    }

    /**
     * The text of {@link #next}.
     *
     * @return the text
     * @throws AssertionError if there is no message
     */
    public String nextText() {
        return next().text();
    }

    /**
     * What waits because the client does not take it.
     *
     * @return the number of messages
     */
    public int waiting() {
        return client.waitingMessages();
    }

    /**
     * What the handler wanted to send when nothing could be sent: the session was closed, its queue full, or this object
     * revoked.
     *
     * @return a snapshot, oldest first
     */
    public List<Message> refused() {
        synchronized (refused) {
            return List.copyOf(refused);
        }
    }

    /**
     * What the handler, this one or its predecessor, has noted.
     *
     * @return a snapshot of the attributes
     */
    public Map<String, String> attributes() {
        return client.notes();
    }

    /**
     * Why the session has ended.
     *
     * @return the reason, 1013 if its queue was full, or empty while the session is open
     */
    public Optional<CloseReason> closeReason() {
        return client.closed();
    }

    /** The client takes nothing from now on. */
    public void stall() {
        client.stall();
    }

    /**
     * Lets the oldest message that waits leave.
     *
     * @throws IllegalStateException if none waits
     */
    public void leaveOne() {
        if (!client.leaveOne()) {
            throw new IllegalStateException("nothing waits in " + id());
        }
    }

    /** Lets all that waits leave, and from now on takes each message at once again. */
    public void catchUp() {
        client.catchUp();
    }

    /** The connection breaks: the session is closed with 1006, what waits is lost and its stages fail. */
    public void disconnect() {
        client.disconnect();
    }

    /**
     * Takes the session away from its handler, as happens when {@code parked} or {@code closed} has returned: this object
     * does nothing any more, and its stages that are open fail. What waits stays in the queue.
     */
    public void revoke() {
        revoked = true;
        client.forget(this);
    }

    /**
     * Revokes this object and gives the same session to the next handler.
     *
     * @return the session as the successor sees it: the same client, id, attributes and queue
     */
    public FakeSession successor() {
        revoke();
        return new FakeSession(client);
    }

    @Override
    public String id() {
        return client.id();
    }

    @Override
    public SocketRequest request() {
        return client.request();
    }

    @Override
    public Optional<String> subprotocol() {
        return client.subprotocol();
    }

    @Override
    public boolean isOpen() {
        return !revoked && client.closed().isEmpty();
    }

    @Override
    public Optional<String> attribute(String key) {
        Objects.requireNonNull(key, "key");
        return revoked ? Optional.empty() : client.note(key);
    }

    @Override
    public void setAttribute(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        if (!revoked) {
            client.setNote(key, value);
        }
    }

    @Override
    public boolean send(Message message) {
        return queue("", message).isPresent();
    }

    @Override
    public CompletionStage<Void> sendTracked(Message message) {
        return queue("", message)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new IllegalStateException("session " + id() + " takes no messages from here")));
    }

    @Override
    public boolean sendLatest(String key, Message message) {
        return queue(Objects.requireNonNull(key, "key"), message).isPresent();
    }

    private Optional<CompletableFuture<Void>> queue(String key, Message message) {
        Objects.requireNonNull(message, "message");
        Optional<CompletableFuture<Void>> left = revoked ? Optional.empty() : client.send(this, key, message);
        if (left.isEmpty()) {
            synchronized (refused) {
                refused.add(message);
            }
        }
        return left;
    }

    @Override
    public void close(CloseReason reason) {
        if (!reason.sendable()) {
            throw new IllegalArgumentException("code " + reason.code() + " cannot be sent in a close frame");
        }
        if (!revoked) {
            client.close(reason);
        }
    }

    /** The id and the request. */
    @Override
    public String toString() {
        return id() + " " + request();
    }

    /** Collects what a session is to be. Not for use by several threads. */
    public static final class Builder {

        final SocketRequest.Builder request;
        String id = "s" + NUMBER.incrementAndGet();
        Optional<String> subprotocol = Optional.empty();
        int maxMessages = 1024;
        int maxBytes = 1_048_576;

        private Builder(SocketRequest.Builder request) {
            this.request = Objects.requireNonNull(request, "request");
        }

        /**
         * Sets the session's id.
         *
         * @param text a short text; unless set, one that no other fake of this JVM has
         * @return this builder
         */
        public Builder id(String text) {
            id = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets who the client is.
         *
         * @param who the user; unless set, that of the request
         * @return this builder
         */
        public Builder user(User who) {
            request.user(who);
            return this;
        }

        /**
         * Makes the client an anonymous user of a role.
         *
         * @param role what the client may do
         * @return this builder
         */
        public Builder role(Role role) {
            return user(new User(User.ANONYMOUS, role));
        }

        /**
         * Sets the subprotocol that was agreed.
         *
         * @param name its name; unless set, none was agreed
         * @return this builder
         */
        public Builder subprotocol(String name) {
            subprotocol = Optional.of(name);
            return this;
        }

        /**
         * Sets what may wait for a client that has stalled. A message that is alone always fits.
         *
         * @param messages the greatest number of messages, 1 or more; 1,024 unless set
         * @param bytes the most bytes of payload, 1 or more; 1,048,576 unless set
         * @return this builder
         */
        public Builder queue(int messages, int bytes) {
            if (messages < 1 || bytes < 1) {
                throw new IllegalArgumentException("a queue holds at least 1, got " + messages + " and " + bytes);
            }
            maxMessages = messages;
            maxBytes = bytes;
            return this;
        }

        /**
         * Opens the session.
         *
         * @return the session
         */
        public FakeSession build() {
            return new FakeSession(new FakeClient(this));
        }
    }
}
