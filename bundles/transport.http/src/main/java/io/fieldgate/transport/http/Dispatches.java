package io.fieldgate.transport.http;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;

/**
 * Which request each thread is at, so that those that are under way can be waited for. A request whose servlet has returned and that goes on
 * later, such as a stream of events, is not at any thread.
 *
 * <p><b>Threading.</b> Safe for use by many threads. A request costs its thread two writes to a place of its own; nothing is shared.
 */
final class Dispatches {

    private static final long LOOK_NANOS = 1_000_000;

    private final Set<Post> posts = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Post> mine = ThreadLocal.withInitial(this::newPost);

    /** Where a thread says what it is at. There is one for each thread of Jetty's pool. */
    static final class Post {

        private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());

        /** Null while the thread does something else. */
        private final AtomicReference<Request> request = new AtomicReference<>();

        /** The thread is at a request from now on, unless it has come by it within another one; tells which of them. */
        boolean begin(Request next) {
            boolean first = request.get() == null;
            if (first) {
                request.set(next);
            }
            return first;
        }

        /**
         * Nobody is in a hurry to see the end.
         *
         * @param first what {@link #begin} has said
         */
        void end(boolean first) {
            if (first) {
                request.lazySet(null);
            }
        }

        private boolean isAbandoned() {
            Thread owner = thread.get();
            return owner == null || !owner.isAlive();
        }
    }

    /** The place of the calling thread. */
    Post mine() {
        return mine.get();
    }

    /**
     * Waits until the requests are over that threads are at now, but for the thread that waits.
     *
     * @param which which of them
     * @param deadline by {@link System#nanoTime}; after it nothing is waited for any more
     * @return whether they are over
     */
    boolean awaitEnd(Predicate<Request> which, long deadline) {
        Map<Post, Request> open = new HashMap<>();
        for (Post post : posts) {
            Request request = post.request.get();
            if (request != null && post.thread.get() != Thread.currentThread() && which.test(request)) {
                open.put(post, request);
            }
        }
        while (true) {
            open.entrySet().removeIf(entry -> entry.getKey().request.get() != entry.getValue());
            if (open.isEmpty()
                    || deadline - System.nanoTime() <= 0
                    || Thread.currentThread().isInterrupted()) {
                return open.isEmpty();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private Post newPost() {
        posts.removeIf(Post::isAbandoned);
        Post post = new Post();
        posts.add(post);
        return post;
    }
}
