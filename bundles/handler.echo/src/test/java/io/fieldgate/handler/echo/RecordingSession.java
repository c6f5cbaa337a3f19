package io.fieldgate.handler.echo;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session that keeps what is sent to it; when closed, it takes nothing any more. */
final class RecordingSession implements SocketSession {

    final List<Message> sent = new ArrayList<>();
    private boolean open = true;

    @Override
    public String id() {
        return "s1";
    }

    @Override
    public SocketRequest request() {
        return SocketRequest.builder("/echo").build();
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Optional<String> attribute(String key) {
        return Optional.empty();
    }

    @Override
    public void setAttribute(String key, String value) {
        throw new UnsupportedOperationException("an echo notes nothing");
    }

    @Override
    public boolean send(Message message) {
        return open && sent.add(message);
    }

    @Override
    public CompletionStage<Void> sendTracked(Message message) {
        return send(message)
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(new IllegalStateException("closed"));
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
