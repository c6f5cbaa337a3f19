package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.security.Authentication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashQueueTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final HashQueue queue = new HashQueue(timer);
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void stop() {
        go.countDown();
        queue.close();
        timer.shutdownNow();
    }

    private void occupy() throws InterruptedException {
        queue.add("", () -> {
            busy.countDown();
            await(go);
            return new Authentication.Unknown();
        });
        assertTrue(busy.await(30, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Authentication> add(String address) {
        return queue.add(address, Authentication.Unknown::new).toCompletableFuture();
    }

    @Test
    void looksAtOneAtATimeAndLetsSixteenWait() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        occupy();
        List<CompletableFuture<Authentication>> waiting = new ArrayList<>();
        for (int i = 0; i < HashQueue.WAITING; i++) {
            waiting.add(queue.add("", () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        now.decrementAndGet();
                        return new Authentication.Unknown();
                    })
                    .toCompletableFuture());
        }
        assertInstanceOf(Authentication.Later.class, add("").get(30, TimeUnit.SECONDS));
        go.countDown();
        for (CompletableFuture<Authentication> one : waiting) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertEquals(1, most.get());
    }

    @Test
    void letsFourOfOneAddressWaitAndHasRoomForOthers() throws Exception {
        occupy();
        for (int i = 0; i < HashQueue.WAITING_OF_ADDRESS; i++) {
            assertFalse(add("192.0.2.66").isDone());
        }
        assertInstanceOf(Authentication.Later.class, add("192.0.2.66").getNow(null));
        CompletableFuture<Authentication> other = add("192.0.2.7");
        assertFalse(other.isDone());
        go.countDown();
        assertInstanceOf(Authentication.Unknown.class, other.get(60, TimeUnit.SECONDS));
        assertInstanceOf(Authentication.Unknown.class, add("192.0.2.66").get(60, TimeUnit.SECONDS));
    }

    @Test
    void answersWhatWaitsWhenItEnds() throws Exception {
        occupy();
        CompletableFuture<Authentication> waiting = add("192.0.2.7");
        queue.close();
        assertInstanceOf(Authentication.Later.class, waiting.get(30, TimeUnit.SECONDS));
        assertInstanceOf(Authentication.Later.class, add("192.0.2.7").get(30, TimeUnit.SECONDS));
    }

    @Test
    void answersAlsoWhenTheLookFails() throws Exception {
        Authentication outcome = queue.add("", () -> {
                    throw new IllegalStateException("on purpose");
                })
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertInstanceOf(Authentication.Later.class, outcome);
    }
}
