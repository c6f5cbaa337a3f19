package io.fieldgate.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which threads there are, but for those that the JVM and the test kit keep for later. */
final class Threads {

    private Threads() {}

    static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet();
    }

    /**
     * Waits for the threads that have come since.
     *
     * @param before the threads that were there
     * @return those that have not ended within the limit
     */
    static List<Thread> outlive(Set<Thread> before, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Thread> left = new ArrayList<>();
        for (Thread thread : alive()) {
            if (before.contains(thread) || isKept(thread)) {
                continue;
            }
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            if (thread.isAlive()) {
                left.add(thread);
            }
        }
        return left;
    }

    private static boolean isKept(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has ended
                || group.getName().equals("system")
                || thread.getName().startsWith("ForkJoinPool.commonPool-")
                || thread.getName().equals(Calls.THREAD_NAME);
    }
}
