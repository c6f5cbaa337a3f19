package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Does everything that could keep its class loader: a test loads it with a loader of its own. */
public final class LeakyHandler implements SocketHandler, Consumer<Runnable> {

    private static final List<Object> KEPT = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<Object> LEFT_BEHIND = new ThreadLocal<>();

    /** A failure of a class that nobody else knows. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private volatile Runnable work = () -> {};

    /** What it notes, for the test to see that it was called at all. */
    public LeakyHandler() {}

    /** Takes something to be done in the call that brings the message "do". */
    @Override
    public void accept(Runnable given) {
        work = given;
    }

    @Override
    public void opened(SocketSession session) {
        litter();
        KEPT.add(session);
    }

    @Override
    public void received(SocketSession session, Message message) {
        litter();
        KEPT.add(message);
        session.setAttribute("note", "from a handler that has gone");
        session.send(message);
        session.sendLatest("key", message);
        CompletionStage<Void> left = session.sendTracked(message);
        KEPT.add(left);
        KEPT.add(left.whenComplete((nothing, error) -> KEPT.add(this)));
        if (message.text().equals("do")) {
            work.run();
        }
        if (message.text().equals("throw")) {
            throw new Failure();
        }
    }

    @Override
    public void parked(SocketSession session) {
        litter();
        session.sendTracked(Message.text("parked")).whenComplete((nothing, error) -> litter());
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        litter();
        KEPT.add(reason);
    }

    /** A thread of the gateway's may keep nothing of this; other threads are not the gateway's to clean. */
    private void litter() {
        if (Thread.currentThread().getName().startsWith("fieldgate-")) {
            LEFT_BEHIND.set(this);
            Thread.currentThread().setContextClassLoader(LeakyHandler.class.getClassLoader());
        }
    }
}
