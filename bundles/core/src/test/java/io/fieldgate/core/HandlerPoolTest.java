package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerPoolTest {

    private static final AtomicInteger POOLS = new AtomicInteger();

    /** No other test's pool has this name, so that its threads can be counted. */
    private final String name = "fieldgate-test-" + POOLS.incrementAndGet();

    private final HandlerPool pool = new HandlerPool(name, 3);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goOn.countDown();
        pool.stop();
    }

    @Test
    void runsTheTasksOfAShareInOrder() {
        HandlerPool.Share share = pool.share(1);
        List<Integer> done = new CopyOnWriteArrayList<>();
        IntStream.range(0, 100).forEach(i -> share.submit(task(() -> done.add(i))));

        Waiting.until(() -> done.size() == 100);
        assertEquals(IntStream.range(0, 100).boxed().toList(), done);
    }

    @Test
    void aShareHoldsNoMoreThanItsThreads() {
        HandlerPool.Share share = pool.share(2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        HandlerPool.Task unrelated = task(() -> {});
        CountDownLatch all = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            share.submit(task(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                share.withdraw(unrelated); // takes the pool's lock, so that others get their turn
                inside.decrementAndGet();
                all.countDown();
            }));
        }

        Waiting.until(all);
        assertTrue(most.get() <= 2, "ran " + most);
    }

    @Test
    void whatBlocksInOneShareLeavesTheOthersAlone() {
        HandlerPool.Share blocked = pool.share(2);
        IntStream.range(0, 10).forEach(i -> blocked.submit(task(() -> Waiting.until(goOn))));

        assertEquals("done", Waiting.get(run(pool.share(2))));
    }

    @Test
    void aTaskCanBeWithdrawnBeforeItBegins() {
        HandlerPool.Share share = pool.share(1);
        share.submit(task(() -> Waiting.until(goOn)));
        AtomicInteger ran = new AtomicInteger();
        HandlerPool.Task waiting = task(ran::incrementAndGet);
        share.submit(waiting);

        assertTrue(share.withdraw(waiting));
        assertFalse(share.withdraw(waiting));
        goOn.countDown();
        Waiting.get(run(share));
        assertEquals(0, ran.get());
    }

    @Test
    void aClosedShareDropsWhatWaitsAndItsThreadsAreReplaced() {
        HandlerPool.Share share = pool.share(3);
        CountDownLatch begun = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            share.submit(task(() -> {
                begun.countDown();
                Waiting.until(goOn);
            }));
        }
        CompletableFuture<String> waiting = run(share);
        Waiting.until(begun);

        share.close();

        assertEquals("dropped", Waiting.get(waiting));
        assertEquals("dropped", Waiting.get(run(share)));
        assertEquals("done", Waiting.get(run(pool.share(3))));
        assertEquals(6, threads());
        goOn.countDown();
        Waiting.until(() -> threads() == 3);
    }

    @Test
    void noMoreThreadsAreWrittenOffThanThePoolHas() {
        for (int round = 0; round < 4; round++) {
            HandlerPool.Share share = pool.share(3);
            CountDownLatch begun = new CountDownLatch(round < 2 ? 3 : 0);
            for (int i = 0; i < 3; i++) {
                share.submit(task(() -> {
                    begun.countDown();
                    Waiting.until(goOn);
                }));
            }
            Waiting.until(begun);
            share.close();
        }

        assertEquals(6, threads());
        goOn.countDown();
        assertEquals("done", Waiting.get(run(pool.share(1))));
        Waiting.until(() -> threads() == 3);
    }

    @Test
    void renewedThreadsKeepNothingOfTheirPast() {
        HandlerPool.Share share = pool.share(1);
        ThreadLocal<String> left = new ThreadLocal<>();
        CompletableFuture<Thread> before = new CompletableFuture<>();
        share.submit(task(() -> {
            left.set("something");
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            before.complete(Thread.currentThread());
        }));
        Thread old = Waiting.get(before);

        pool.renew();
        Waiting.until(() -> !old.isAlive());

        for (int i = 0; i < 20; i++) {
            CompletableFuture<Thread> after = new CompletableFuture<>();
            share.submit(task(() -> after.complete(left.get() == null ? Thread.currentThread() : old)));
            assertNotSame(old, Waiting.get(after));
            assertEquals(HandlerPool.class.getClassLoader(), Waiting.get(after).getContextClassLoader());
        }
    }

    @Test
    void aTaskThatThrowsOrLeavesAnInterruptHarmsNobody() {
        HandlerPool.Share share = pool.share(1);
        for (int i = 0; i < 10; i++) {
            share.submit(task(() -> Thread.currentThread().interrupt()));
            share.submit(task(() -> {
                throw new LinkageError("boom");
            }));
        }
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        share.submit(task(() -> interrupted.complete(Thread.currentThread().isInterrupted())));

        assertFalse(Waiting.get(interrupted));
    }

    @Test
    void aStoppedPoolRunsNothing() {
        pool.stop();

        assertEquals("dropped", Waiting.get(run(pool.share(1))));
        Waiting.until(() -> threads() == 0);
    }

    private long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name + "-"))
                .count();
    }

    private static CompletableFuture<String> run(HandlerPool.Share share) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        share.submit(new HandlerPool.Task() {
            @Override
            public void run() {
                outcome.complete("done");
            }

            @Override
            public void dropped() {
                outcome.complete("dropped");
            }
        });
        return outcome;
    }

    private static HandlerPool.Task task(Runnable work) {
        return work::run;
    }
}
