package io.fieldgate.core;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler at one path, from the moment its service comes to the moment it has gone: the handler itself while it can be
 * called, the sessions that it holds, and its share of the threads. When it has gone nothing of the handler is left in here.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Its lock may be taken while a session's lock is held, not the other way
 * round.
 */
final class HandlerRoute {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerRoute.class);

    private final HandlerSpec spec;
    private final String bundle;
    private final HandlerPool.Share share;
    private final Reactions reactions;
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong overflows = new AtomicLong();
    private volatile int ranking;
    private final long serviceId;

    /** Null before the service has been fetched and after the handler has gone. */
    private volatile SocketHandler handler;

    /** How many of its calls do not come back, as {@link CallbackWatch} sees it. */
    private volatile int overdue;

    // guarded by this
    private final Set<Session> sessions = new HashSet<>();
    private final List<Admitting> admitting = new ArrayList<>();
    private boolean gone;

    HandlerRoute(
            HandlerSpec spec,
            String bundle,
            int ranking,
            long serviceId,
            HandlerPool.Share share,
            Reactions reactions) {
        this.spec = spec;
        this.bundle = bundle;
        this.ranking = ranking;
        this.serviceId = serviceId;
        this.share = share;
        this.reactions = reactions;
    }

    /** A handler at one moment. */
    private record Snapshot(
            String path, List<String> subprotocols, String bundle, int ranking, int sessions, long errors, int overdue)
            implements HandlerInfo {}

    /** An admission that runs; each is only equal to itself. */
    private static final class Admitting {

        private final Thread thread;
        private int looks; // guarded by the route

        private Admitting(Thread thread) {
            this.thread = thread;
        }
    }

    HandlerSpec spec() {
        return spec;
    }

    String bundle() {
        return bundle;
    }

    HandlerPool.Share share() {
        return share;
    }

    Reactions reactions() {
        return reactions;
    }

    int ranking() {
        return ranking;
    }

    void rank(int newRanking) {
        ranking = newRanking;
    }

    long serviceId() {
        return serviceId;
    }

    /** The handler, or null if it cannot be called now. */
    SocketHandler handler() {
        return handler;
    }

    boolean isServing() {
        return handler != null && !isGone();
    }

    /** Says that the handler can be called; false if it has gone meanwhile. */
    synchronized boolean arrived(SocketHandler service) {
        if (gone) {
            return false;
        }
        handler = service;
        return true;
    }

    /** Notes that this handler holds a session; false if it is about to go and takes none. */
    synchronized boolean add(Session session) {
        return !gone && sessions.add(session);
    }

    synchronized void remove(Session session) {
        sessions.remove(session);
    }

    /** The sessions that it holds. */
    synchronized List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Takes no session and no request from now on; returns the sessions that it holds. */
    synchronized List<Session> leave() {
        gone = true;
        return List.copyOf(sessions);
    }

    /** Lets go of the handler. */
    void release() {
        handler = null;
        share.close();
    }

    /**
     * Asks the handler whether it lets a client in, on this thread.
     *
     * @return its answer, or null if it has thrown, answered null or is about to go
     */
    Admission admit(SocketRequest request) {
        Admitting self = new Admitting(Thread.currentThread());
        SocketHandler asked = enter(self);
        if (asked == null) {
            return null;
        }
        try {
            Admission answer = asked.admit(request);
            if (answer == null) {
                errors.incrementAndGet();
                LOG.error("admit of {} at {} answered null to {}", bundle, spec.path(), request);
            }
            return answer;
        } catch (Throwable e) { // the boundary to foreign code, which may also fail to link
            errors.incrementAndGet();
            LOG.error("admit of {} at {} failed for {}", bundle, spec.path(), request, e);
            return null;
        } finally {
            exit(self);
        }
    }

    /** Waits until no admission runs, except on threads that are excused; false if the time is up. */
    synchronized boolean awaitAdmissions(long untilNanos, Predicate<Thread> excused) throws InterruptedException {
        while (!admitting.stream().allMatch(one -> excused.test(one.thread))) {
            long left = (untilNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Says how many admissions have been seen running more than so often, this look included. For one thread. */
    synchronized int lateAdmissions(int looks) {
        admitting.forEach(one -> one.looks++);
        return (int) admitting.stream().filter(one -> one.looks > looks).count();
    }

    /** Tells whether the handler has not been made yet. */
    boolean isAwaited() {
        return handler == null && !isGone();
    }

    /** How many of its calls do not come back. */
    int overdue() {
        return overdue;
    }

    void overdue(int calls) {
        overdue = calls;
    }

    /**
     * Counts and logs a callback that has thrown.
     *
     * @param waits whether its session waits for another handler; else it closes
     */
    void failed(String callback, Session session, boolean waits, Throwable error) {
        errors.incrementAndGet();
        LOG.error(
                "{} of {} at {} failed; session {} {}",
                callback,
                bundle,
                spec.path(),
                session.id(),
                waits ? "waits for another handler" : "closes",
                error);
    }

    /** Counts a session whose queue was full; returns how many there were. */
    long overflowed() {
        return overflows.incrementAndGet();
    }

    HandlerInfo info() {
        return new Snapshot(spec.path(), spec.subprotocols(), bundle, ranking, sessionCount(), errors.get(), overdue);
    }

    synchronized boolean isGone() {
        return gone;
    }

    private synchronized int sessionCount() {
        return sessions.size();
    }

    private synchronized SocketHandler enter(Admitting self) {
        if (gone || handler == null) {
            return null;
        }
        admitting.add(self);
        return handler;
    }

    private synchronized void exit(Admitting self) {
        admitting.remove(self);
        notifyAll();
    }
}
