package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread of the core holds nothing of the bundle in whose call it was made, however long it lives. */
class ThreadLeakTest {

    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
    }

    @Test
    void aThreadHoldsNothingOfWhoeverIsOnTheStack() {
        CompletableFuture<Thread> made = new CompletableFuture<>();
        WeakReference<ClassLoader> loader = onTheStack(() -> {
            Thread thread = CleanThreads.daemon("fieldgate-test", () -> Waiting.until(release));
            thread.start();
            made.complete(thread);
        });

        ForeignLoader.awaitUnloaded(loader);
        assertTrue(Waiting.get(made).isAlive());
    }

    @Test
    void aPoolHoldsNothingOfWhoeverMakesIt() {
        CompletableFuture<HandlerPool> made = new CompletableFuture<>();
        WeakReference<ClassLoader> loader = onTheStack(() -> made.complete(new HandlerPool("fieldgate-test", 2)));

        assertUnloadedAndAtWork(loader, Waiting.get(made));
    }

    @Test
    void aPoolHoldsNothingOfWhoeverHasItReplaceAThread() {
        HandlerPool pool = new HandlerPool("fieldgate-test", 1);
        HandlerPool.Share share = pool.share(1);
        CountDownLatch begun = new CountDownLatch(1);
        share.submit(() -> {
            begun.countDown();
            Waiting.until(release);
        });
        Waiting.until(begun);
        WeakReference<ClassLoader> loader = onTheStack(share::close);

        assertUnloadedAndAtWork(loader, pool);
    }

    @Test
    void aTimerHoldsNothingOfWhoeverAsksItFirst() {
        Timer timer = new TimerThread("fieldgate-test");
        CountDownLatch done = new CountDownLatch(2);
        WeakReference<ClassLoader> loader = onTheStack(() -> timer.after(Duration.ZERO, done::countDown));

        ForeignLoader.awaitUnloaded(loader);
        timer.after(Duration.ZERO, done::countDown);
        Waiting.until(done);
        timer.close();
    }

    @Test
    void aThreadHasNothingFromTheThreadThatMakesIt() {
        CompletableFuture<Thread> made = new CompletableFuture<>();
        ThreadGroup group = new ThreadGroup("foreign");
        group.setMaxPriority(Thread.MIN_PRIORITY);
        Thread maker = new Thread(group, () -> made.complete(CleanThreads.daemon("fieldgate-test", () -> {})));
        maker.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        maker.start();

        Thread thread = Waiting.get(made);
        assertNotSame(group, thread.getThreadGroup());
        assertEquals(Thread.NORM_PRIORITY, thread.getPriority());
        assertEquals(CleanThreads.class.getClassLoader(), thread.getContextClassLoader());
        assertTrue(thread.isDaemon());
    }

    private static void assertUnloadedAndAtWork(WeakReference<ClassLoader> loader, HandlerPool pool) {
        ForeignLoader.awaitUnloaded(loader);
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        pool.share(1).submit(() -> worker.complete(Thread.currentThread()));
        assertNotNull(Waiting.get(worker));
        pool.stop();
    }

    // In a method of its own, so that no local variable of a test holds the loader.
    // The compiler cannot know that it consumes tasks.
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> onTheStack(Runnable work) {
        ForeignLoader loader = new ForeignLoader(ForeignCaller.class);
        loader.make(Consumer.class).accept(work);
        return new WeakReference<>(loader);
    }
}
