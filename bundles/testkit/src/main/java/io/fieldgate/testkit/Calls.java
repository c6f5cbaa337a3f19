package io.fieldgate.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls code under test from a thread that the test can do without: one that hangs fails the test and nothing else.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The threads are daemons and end after 60 s without work.
 */
final class Calls {

    static final String THREAD_NAME = "fieldgate-testkit";

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, THREAD_NAME);
        thread.setDaemon(true);
        return thread;
    });

    private Calls() {}

    /**
     * Calls, and waits for the answer.
     *
     * @param what names the call in a failure
     * @throws AssertionError if it has not returned within the limit
     * @throws Exception what the call throws
     */
    static <T> T within(Duration limit, String what, Callable<T> call) throws Exception {
        return within(THREADS, limit, what, call);
    }

    /** The same on threads of the caller's own. */
    static <T> T within(ExecutorService threads, Duration limit, String what, Callable<T> call) throws Exception {
        Future<T> answer = threads.submit(call);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AssertionError(
                    what + " has not returned within " + limit.toMillis() + " ms: it waits for something"
                            + " that does not come, or for too long",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
