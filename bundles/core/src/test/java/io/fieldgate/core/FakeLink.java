package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.transport.SocketLink;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client and its connection: what it sends lies in the wire until it is demanded; what it gets can be read here. */
final class FakeLink implements SocketLink {

    final List<String> got = new CopyOnWriteArrayList<>();
    final List<CloseReason> closes = new CopyOnWriteArrayList<>();

    // guarded by this
    private final Queue<Message> wire = new ArrayDeque<>();
    private LinkedSession session;
    private boolean demanded;
    private boolean delivering;
    private boolean flushed;
    private boolean pumping;
    private boolean takes = true;
    private boolean answersClose = true;
    private boolean ended;
    private int demands;
    private int flushes;

    /** The transport knows its session from here on. */
    FakeLink attach(LinkedSession opened) {
        synchronized (this) {
            session = opened;
        }
        deliver();
        pump();
        answerClose();
        return this;
    }

    synchronized LinkedSession session() {
        return session;
    }

    /** The client takes nothing of what it is sent until told otherwise. */
    void takes(boolean reads) {
        synchronized (this) {
            takes = reads;
        }
        pump();
    }

    /** The connection does not end when it is told to close. */
    synchronized FakeLink ignoresClose() {
        answersClose = false;
        return this;
    }

    /** The client sends a text. */
    void send(String text) {
        synchronized (this) {
            wire.add(Message.text(text));
        }
        deliver();
    }

    /** The client goes. */
    void hangUp() {
        end(new CloseReason(CloseReason.GOING_AWAY, ""));
    }

    synchronized boolean isDemanded() {
        return demanded;
    }

    synchronized int demands() {
        return demands;
    }

    synchronized int flushes() {
        return flushes;
    }

    synchronized int inWire() {
        return wire.size();
    }

    @Override
    public void demand() {
        synchronized (this) {
            if (demanded) {
                throw new IllegalStateException("demanded twice");
            }
            demanded = true;
            demands++;
        }
        deliver();
    }

    @Override
    public void flush() {
        synchronized (this) {
            flushed = true;
            flushes++;
        }
        pump();
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
        answerClose();
    }

    private void answerClose() {
        if (!closes.isEmpty() && answers()) {
            end(closes.get(0));
        }
    }

    private synchronized boolean answers() {
        return answersClose && session != null;
    }

    private void end(CloseReason reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            demanded = false;
        }
        session().closed(reason);
    }

    private void deliver() {
        Message next = take();
        while (next != null) {
            session().received(next);
            synchronized (this) {
                delivering = false;
            }
            next = take();
        }
    }

    private synchronized Message take() {
        if (session == null || delivering || !demanded || ended || wire.isEmpty()) {
            return null;
        }
        delivering = true;
        demanded = false;
        return wire.poll();
    }

    private void pump() {
        while (mayPump()) {
            Optional<Message> next = session().next();
            while (next.isPresent()) {
                got.add(next.get().text());
                session().sent();
                next = session().next();
            }
            synchronized (this) {
                pumping = false;
            }
        }
    }

    private synchronized boolean mayPump() {
        if (session == null || pumping || !flushed || !takes) {
            return false;
        }
        pumping = true;
        flushed = false;
        return true;
    }
}
