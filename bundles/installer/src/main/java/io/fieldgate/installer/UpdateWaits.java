package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Requests that wait for an update to change its state, so many at a time and no more.
 *
 * <p>Nobody can stop listening to an update, so each is listened to once, however often it is asked about.
 *
 * <p><b>Threading.</b> Safe for use by many threads; nobody is called with its lock held.
 */
final class UpdateWaits {

    /** How many wait at a time. */
    static final int MAX = 64;

    private final int max;
    private final Semaphore places;
    private final Map<Long, Set<UpdateWait>> listened = new HashMap<>(); // guarded by this, as below
    private boolean closed;

    UpdateWaits(int max) {
        this.max = max;
        places = new Semaphore(max);
    }

    /**
     * Puts a request aside until the update changes, or some seconds have passed; refuses it if too many wait.
     *
     * @param latest looks for the update again, when the time is up
     * @param seconds how long, 1 or more
     */
    void put(HttpServletRequest request, Update update, Supplier<Update> latest, long seconds) throws IOException {
        AsyncContext context = request.startAsync();
        if (!places.tryAcquire()) {
            HttpProblem.busy("too many requests wait for updates, there may be " + max)
                    .reply()
                    .send((HttpServletResponse) context.getResponse());
            context.complete();
            return;
        }
        UpdateWait wait = new UpdateWait(context, update, latest, this::forget);
        context.setTimeout(seconds * 1000);
        context.addListener(wait);
        if (add(wait)) {
            update.onState(state -> changed(update));
        }
        if (isClosed()) {
            wait.answer();
        } else {
            wait.answerIfChanged(); // for it may have, before it was listened to
        }
    }

    /** How many wait. */
    int waiting() {
        return max - places.availablePermits();
    }

    /** Answers all. */
    void close() {
        List<UpdateWait> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            listened.values().forEach(all::addAll);
        }
        all.forEach(UpdateWait::answer);
    }

    /** Adds a wait, and tells whether its update is not listened to yet. */
    private synchronized boolean add(UpdateWait wait) {
        long id = wait.update().id();
        boolean first = !listened.containsKey(id);
        listened.computeIfAbsent(id, none -> new LinkedHashSet<>()).add(wait);
        return first;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Its request is complete. */
    private void forget(UpdateWait wait) {
        synchronized (this) {
            Set<UpdateWait> others = listened.get(wait.update().id());
            if (others != null) {
                others.remove(wait);
            }
        }
        places.release();
    }

    private void changed(Update update) {
        long id = update.id();
        boolean over = update.state().isEnd();
        List<UpdateWait> concerned;
        synchronized (this) {
            concerned = List.copyOf(listened.getOrDefault(id, Set.of()));
            if (over) {
                listened.remove(id);
            }
        }
        concerned.forEach(UpdateWait::answerIfChanged);
    }
}
