package io.fieldgate.core;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits that end, and fail when they do not end well. */
final class Waiting {

    private static final Duration MOST = Duration.ofSeconds(10);

    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).atMost(MOST).until(condition);
    }

    static void until(CountDownLatch latch) {
        try {
            if (!latch.await(MOST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came in " + MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(MOST.toSeconds(), TimeUnit.SECONDS).join();
    }
}
