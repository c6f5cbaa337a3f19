package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session as one handler sees it. Revoked when that handler has it no more: then it holds nothing but its description. */
final class SessionFacade implements SocketSession {

    private final String id;
    private final SocketRequest request;
    private final Optional<String> subprotocol;
    private volatile Session session;

    SessionFacade(Session session) {
        this.id = session.id();
        this.request = session.request();
        this.subprotocol = session.subprotocol();
        this.session = session;
    }

    void revoke() {
        session = null;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public SocketRequest request() {
        return request;
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    @Override
    public boolean isOpen() {
        Session held = session;
        return held != null && held.isOpenFor(this);
    }

    @Override
    public Optional<String> attribute(String key) {
        Objects.requireNonNull(key, "key");
        Session held = session;
        return held == null ? Optional.empty() : held.attribute(this, key);
    }

    @Override
    public void setAttribute(String key, String value) {
        SessionNotes.check(key, value);
        Session held = session;
        if (held != null) {
            held.setAttribute(this, key, value);
        }
    }

    @Override
    public boolean send(Message message) {
        Objects.requireNonNull(message, "message");
        Session held = session;
        return held != null && held.send(this, message, null, null);
    }

    @Override
    public CompletionStage<Void> sendTracked(Message message) {
        Objects.requireNonNull(message, "message");
        CompletableFuture<Void> left = new CompletableFuture<>();
        Session held = session;
        if (held == null || !held.send(this, message, null, left)) {
            left.completeExceptionally(new IllegalStateException("session " + id + " takes no messages from here"));
        }
        return left;
    }

    @Override
    public boolean sendLatest(String key, Message message) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
        Session held = session;
        return held != null && held.send(this, message, key, null);
    }

    @Override
    public void close(CloseReason reason) {
        if (!reason.sendable()) {
            throw new IllegalArgumentException("code " + reason.code() + " cannot be sent in a close frame");
        }
        Session held = session;
        if (held != null) {
            held.close(this, reason);
        }
    }

    /** The id and the request. */
    @Override
    public String toString() {
        return id + " " + request;
    }
}
