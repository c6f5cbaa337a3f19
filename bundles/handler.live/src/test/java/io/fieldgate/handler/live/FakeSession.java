package io.fieldgate.handler.live;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.SocketSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A client that takes what it is sent at once, or only when told to. */
final class FakeSession implements SocketSession {

    final List<Message> messages = new ArrayList<>();
    final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    final Map<String, String> attributes;
    boolean stalled;
    boolean open = true;

    private final String id;
    private final Role role;
    private int taken;

    FakeSession(String id, Role role) {
        this(id, role, new HashMap<>());
    }

    private FakeSession(String id, Role role, Map<String, String> attributes) {
        this.id = id;
        this.role = role;
        this.attributes = attributes;
    }

    /** The same client as its next handler sees it; this object does nothing any more. */
    FakeSession successor() {
        open = false;
        FakeSession next = new FakeSession(id, role, attributes);
        next.messages.addAll(messages);
        next.taken = taken;
        next.stalled = stalled;
        return next;
    }

    /** What was sent since the last call. */
    List<String> sent() {
        List<String> fresh = messages.subList(taken, messages.size()).stream()
                .map(Message::text)
                .toList();
        taken = messages.size();
        return fresh;
    }

    /** The next message that was sent. */
    String next() {
        return messages.get(taken++).text();
    }

    /** Lets the oldest message under way leave. */
    void leaveOne() {
        underWay.remove().complete(null);
    }

    /** Lets all that is under way leave, and takes what comes at once again. */
    void catchUp() {
        stalled = false;
        while (!underWay.isEmpty()) {
            leaveOne();
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SocketRequest request() {
        String name = role == Role.VIEWER ? User.ANONYMOUS : "ada";
        return SocketRequest.builder("/live").user(new User(name, role)).build();
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.of("fieldgate.live.v1");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    @Override
    public void setAttribute(String key, String value) {
        if (value.isEmpty()) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
    }

    @Override
    public boolean send(Message message) {
        if (open) {
            messages.add(message);
        }
        return open;
    }

    @Override
    public CompletionStage<Void> sendTracked(Message message) {
        CompletableFuture<Void> left = new CompletableFuture<>();
        if (!send(message)) {
            left.completeExceptionally(new IllegalStateException("revoked"));
        } else if (stalled) {
            underWay.add(left);
        } else {
            left.complete(null);
        }
        return left;
    }

    @Override
    public boolean sendLatest(String key, Message message) {
        return send(message);
    }

    @Override
    public void close(CloseReason reason) {
        open = false;
    }
}
