package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.gateway.SocketHost;
import io.fieldgate.api.transport.SocketLink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A core for tests: lets everybody in, and gives every session the same behaviour. */
final class FakeHost implements SocketHost {

    final List<Session> sessions = new CopyOnWriteArrayList<>();
    final BlockingQueue<SocketRequest> requests = new LinkedBlockingQueue<>();
    /** What {@link #enter} has returned. */
    final List<CompletableFuture<Entry>> asked = new CopyOnWriteArrayList<>();

    /** Completed before {@link #enter} unless a test sets another one. */
    volatile CompletableFuture<Entry> answer = CompletableFuture.completedFuture(null);

    /** Whether a handler is at every path. */
    volatile boolean serving = true;

    volatile int maxMessageBytes = 65_536;
    volatile boolean deflate;
    volatile Optional<String> subprotocol = Optional.empty();
    /** Whether a session asks for the next message as soon as it has one. */
    volatile boolean demanding = true;
    /** What a session does with a message. */
    volatile BiConsumer<Session, Message> received = Session::send;
    /** What a session does when it is made, before the client knows. */
    volatile java.util.function.Consumer<Session> opened = session -> {};

    @Override
    public CompletionStage<Entry> enter(SocketRequest request) {
        requests.add(request);
        CompletableFuture<Entry> stage = answer.thenApply(entry -> entry == null ? new Granted() : entry);
        asked.add(stage);
        return stage;
    }

    @Override
    public boolean serves(String path) {
        return serving;
    }

    final class Granted implements Entry.Granted {

        @Override
        public Optional<String> subprotocol() {
            return subprotocol;
        }

        @Override
        public int maxMessageBytes() {
            return maxMessageBytes;
        }

        @Override
        public boolean deflate() {
            return deflate;
        }

        @Override
        public LinkedSession open(SocketLink link) {
            Session session = new Session(link);
            sessions.add(session);
            opened.accept(session);
            if (demanding) {
                session.demand();
            }
            return session;
        }
    }

    /** A session; what breaks the contract with the transport is noted in {@link #faults}. */
    final class Session implements LinkedSession {

        final SocketLink link;
        final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        final List<String> faults = new CopyOnWriteArrayList<>();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger fetched = new AtomicInteger();

        private final Deque<Message> queue = new ArrayDeque<>(); // guarded by itself
        private final AtomicInteger demands = new AtomicInteger();
        private final AtomicInteger writers = new AtomicInteger();

        Session(SocketLink link) {
            this.link = link;
        }

        void demand() {
            demands.incrementAndGet();
            link.demand();
        }

        void send(Message message) {
            synchronized (queue) {
                queue.add(message);
            }
            link.flush();
        }

        @Override
        public String id() {
            return "s" + sessions.indexOf(this);
        }

        @Override
        public void received(Message message) {
            check(demands.decrementAndGet() >= 0, "a message without demand");
            messages.add(message);
            received.accept(this, message);
            if (demanding) {
                demand();
            }
        }

        @Override
        public Optional<Message> next() {
            check(writers.getAndIncrement() == 0, "next from two threads");
            Optional<Message> next;
            synchronized (queue) {
                next = Optional.ofNullable(queue.poll());
            }
            next.ifPresent(message -> fetched.incrementAndGet());
            writers.decrementAndGet();
            return next;
        }

        @Override
        public void sent() {
            check(writers.getAndIncrement() == 0, "sent from two threads");
            check(sent.incrementAndGet() <= fetched.get(), "sent what was not fetched");
            writers.decrementAndGet();
        }

        @Override
        public void closed(CloseReason reason) {
            check(closed.complete(reason), "closed twice");
        }

        private void check(boolean holds, String fault) {
            if (!holds) {
                faults.add(fault);
            }
            if (closed.isDone() && !fault.equals("closed twice")) {
                faults.add("called after it was closed");
            }
        }
    }
}
