package io.fieldgate.core;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.transport.SocketLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who comes in. A client whose handler has just gone waits for the next one without holding a thread; so does one
 * whose handler is asked on a thread of its own.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Entrance {

    /** So many clients may wait for an answer; more are turned away. */
    static final int MAX_VISITS = 10_000;

    /** So long a handler that has all its threads in use may take to have one free. */
    static final Duration THREAD_WAIT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final SocketLimits limits;
    private final Timer timer;
    private final RouteTable routes;
    private final SessionRegistry sessions;
    private final AtomicInteger visits = new AtomicInteger();
    private final Set<Visit> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Entrance(SocketLimits limits, Timer timer, RouteTable routes, SessionRegistry sessions) {
        this.limits = limits;
        this.timer = timer;
        this.routes = routes;
        this.sessions = sessions;
    }

    CompletionStage<Entry> enter(SocketRequest request) {
        if (closed) {
            return CompletableFuture.completedFuture(new Entry.Refused(503, "the gateway shuts down"));
        }
        if (visits.incrementAndGet() > MAX_VISITS) {
            visits.decrementAndGet();
            return CompletableFuture.completedFuture(new Entry.Refused(503, "too many clients wait for a handler"));
        }
        Visit visit = new Visit(request);
        visit.proceed();
        return visit.answer;
    }

    /** A handler has come: those who wait for it go on. */
    void handlerArrived() {
        waiting.forEach(Visit::lookAgain);
    }

    /** Turns away those who wait and those who are still to come. */
    void close() {
        closed = true;
        waiting.forEach(visit -> visit.refuse(503, "the gateway shuts down"));
    }

    /** One request on its way to an answer. */
    private final class Visit {

        private final SocketRequest request;
        private final CompletableFuture<Entry> answer = new CompletableFuture<>();
        private volatile Timer.Pending arrival;

        Visit(SocketRequest request) {
            this.request = request;
        }

        void proceed() {
            RouteTable.Match match = routes.match(request);
            if (match instanceof RouteTable.Match.Served served) {
                checkRole(served.route());
            } else if (match instanceof RouteTable.Match.Awaited) {
                await();
            } else if (match instanceof RouteTable.Match.Unfit) {
                refuse(400, "no subprotocol that the client offers is spoken at " + request.path());
            } else {
                refuse(404, "nobody serves " + request.path());
            }
        }

        void lookAgain() {
            if (!(routes.match(request) instanceof RouteTable.Match.Awaited) && waiting.remove(this)) {
                proceed();
            }
        }

        void refuse(int status, String detail) {
            finish(new Entry.Refused(status, detail));
        }

        private void await() {
            if (arrival == null) {
                arrival = timer.after(
                        limits.arrival(), () -> refuse(503, "the handler of " + request.path() + " has gone"));
            }
            waiting.add(this);
            if (closed) {
                refuse(503, "the gateway shuts down");
            }
            lookAgain(); // it may have come in between
        }

        private void checkRole(HandlerRoute route) {
            Role needed = route.spec().role();
            if (!request.user().role().includes(needed)) {
                refuse(403, request.path() + " needs the role " + needed.id());
            } else if (route.spec().nonBlocking()) {
                ask(route);
            } else {
                new Question(this, route).put();
            }
        }

        private void ask(HandlerRoute route) {
            Admission admission = route.admit(request);
            if (admission instanceof Admission.Refused refused) {
                refuse(refused.status(), refused.detail());
            } else if (admission instanceof Admission.Accepted accepted) {
                accept(route, accepted.subprotocol());
            } else if (route.isServing()) {
                refuse(500, "the handler failed");
            } else {
                proceed();
            }
        }

        private void accept(HandlerRoute route, Optional<String> chosen) {
            List<String> offered = request.subprotocols();
            if (chosen.isPresent() && !offered.contains(chosen.get())) {
                LOG.error(
                        "admit of {} at {} chose the subprotocol {}, which {} does not offer",
                        route.bundle(),
                        route.spec().path(),
                        chosen.get(),
                        request);
                refuse(500, "the handler failed");
                return;
            }
            finish(new Grant(request, chosen.or(() -> route.spec().firstSpoken(offered)), route, sessions));
        }

        private void finish(Entry entry) {
            waiting.remove(this);
            if (arrival != null) {
                arrival.cancel();
            }
            if (answer.complete(entry)) {
                visits.decrementAndGet();
            }
        }
    }

    /** A handler that may block is asked on one of its threads. */
    private final class Question implements HandlerPool.Task {

        private final Visit visit;
        private final HandlerRoute route;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile Timer.Pending deadline;

        Question(Visit visit, HandlerRoute route) {
            this.visit = visit;
            this.route = route;
        }

        void put() {
            deadline = timer.after(THREAD_WAIT, this::hurry);
            route.share().submit(this);
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                visit.ask(route);
                deadline.cancel();
            }
        }

        @Override
        public void dropped() {
            if (begun.compareAndSet(false, true)) {
                deadline.cancel();
                visit.proceed();
            }
        }

        private void hurry() {
            if (begun.compareAndSet(false, true)) {
                route.share().withdraw(this);
                visit.refuse(503, "the handler of " + route.spec().path() + " has all its threads in use");
            } else {
                deadline = timer.after(
                        limits.callbackLate(),
                        () -> visit.refuse(503, "the handler of " + route.spec().path() + " does not answer"));
            }
        }
    }

    /** An open door. */
    private static final class Grant implements Entry.Granted {

        private final SocketRequest request;
        private final Optional<String> subprotocol;
        private final HandlerRoute route;
        private final SessionRegistry sessions;
        private final AtomicBoolean used = new AtomicBoolean();

        Grant(SocketRequest request, Optional<String> subprotocol, HandlerRoute route, SessionRegistry sessions) {
            this.request = request;
            this.subprotocol = subprotocol;
            this.route = route;
            this.sessions = sessions;
        }

        @Override
        public Optional<String> subprotocol() {
            return subprotocol;
        }

        @Override
        public int maxMessageBytes() {
            return route.spec().maxMessageBytes();
        }

        @Override
        public boolean deflate() {
            return route.spec().deflate();
        }

        @Override
        public LinkedSession open(SocketLink link) {
            if (!used.compareAndSet(false, true)) {
                throw new IllegalStateException("this entry was used before");
            }
            return sessions.open(request, subprotocol, route, link);
        }
    }
}
