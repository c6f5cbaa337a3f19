package io.fieldgate.security;

import io.fieldgate.api.security.Authentication;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords that wait to be looked at, one at a time, on the thread {@code fieldgate-security-password} of low priority. So
 * whoever sends passwords costs a bounded amount of memory and one core at most, and the rest of the gateway comes first.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class HashQueue {

    static final int WAITING = 16;
    static final int WAITING_OF_ADDRESS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(HashQueue.class);

    private static final Authentication LATER = new Authentication.Later(Duration.ofSeconds(2));
    private static final long LONGEST_S = 10;

    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor worker;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    HashQueue(ScheduledExecutorService timer) {
        this.timer = timer;
        worker = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), HashQueue::thread, (task, pool) -> {
                    throw new RejectedExecutionException("too many passwords wait");
                });
        // Now, and not within the call of some transport, whose class loader the thread would then hold.
        worker.prestartAllCoreThreads();
    }

    // Nothing depends on the priority; where the system minds it, requests go before passwords.
    @SuppressWarnings("ThreadPriorityCheck")
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fieldgate-security-password");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Ends; what waits is answered with {@link Authentication.Later}. */
    void close() {
        worker.shutdownNow().forEach(Runnable::run);
    }

    /**
     * Queues a look at a password.
     *
     * @param address where it comes from; of one address 4 wait at most, so that one cannot fill the queue. Empty for no limit
     * @param look looks at it
     * @return a stage that completes within 10 s, and never exceptionally
     */
    CompletionStage<Authentication> add(String address, Supplier<Authentication> look) {
        if (!enter(address)) {
            return CompletableFuture.completedStage(LATER);
        }
        CompletableFuture<Authentication> answer = new CompletableFuture<>();
        Future<?> limit = timer.schedule(() -> answer.complete(LATER), LONGEST_S, TimeUnit.SECONDS);
        CompletionStage<Authentication> whole = answer.whenComplete((authentication, failure) -> {
            limit.cancel(false);
            leave(address);
        });
        try {
            worker.execute(() -> run(look, answer));
        } catch (RejectedExecutionException e) {
            answer.complete(LATER);
        }
        return whole;
    }

    private void run(Supplier<Authentication> look, CompletableFuture<Authentication> answer) {
        if (answer.isDone()) {
            return;
        }
        Authentication outcome = LATER;
        try {
            if (!worker.isShutdown()) {
                outcome = look.get();
            }
        } catch (RuntimeException e) {
            // The answer must come, whatever failed: a request waits for it.
            LOG.error("a password could not be looked at", e);
        }
        answer.complete(outcome);
    }

    private boolean enter(String address) {
        return address.isEmpty() || waiting.merge(address, 1, Integer::sum) <= WAITING_OF_ADDRESS || leaves(address);
    }

    /** Takes back what did not find room. */
    private boolean leaves(String address) {
        leave(address);
        return false;
    }

    private void leave(String address) {
        if (!address.isEmpty()) {
            waiting.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        }
    }
}
