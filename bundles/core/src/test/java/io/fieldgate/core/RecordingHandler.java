package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes down its callbacks, and does in them what a test wants. */
class RecordingHandler implements SocketHandler {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<SocketSession> sessions = new CopyOnWriteArrayList<>();

    volatile Consumer<SocketSession> onOpened = session -> {};
    volatile Consumer<SocketSession> onResumed = session -> {};
    volatile Consumer<SocketSession> onParked = session -> {};
    volatile Consumer<SocketSession> onClosed = session -> {};
    volatile BiConsumer<SocketSession, String> onReceived = (session, text) -> {};

    /** One that sends back what it gets. */
    static RecordingHandler echo() {
        RecordingHandler handler = new RecordingHandler();
        handler.onReceived = (session, text) -> session.send(Message.text(text));
        return handler;
    }

    @Override
    public void opened(SocketSession session) {
        calls.add("opened");
        sessions.add(session);
        onOpened.accept(session);
    }

    @Override
    public void resumed(SocketSession session) {
        calls.add("resumed");
        sessions.add(session);
        onResumed.accept(session);
    }

    @Override
    public void received(SocketSession session, Message message) {
        calls.add(message.text());
        onReceived.accept(session, message.text());
    }

    @Override
    public void parked(SocketSession session) {
        calls.add("parked");
        onParked.accept(session);
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        calls.add("closed " + reason.code());
        onClosed.accept(session);
    }
}
