package io.fieldgate.itest.malformed;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays many cases, a few at a time. */
public final class Campaign {

    private static final int THREADS = 6;
    /** After so many the rest would tell nothing new. */
    private static final int MOST_FAILURES = 20;

    private final long seed;
    private final Cases cases;
    private final Player player;
    private final Map<Integer, String> failures = new ConcurrentHashMap<>();

    public Campaign(URI gateway, long seed) {
        this.seed = seed;
        cases = new Cases(seed, gateway.getAuthority());
        player = new Player(gateway);
    }

    /**
     * Plays cases until all are done or too many have failed.
     *
     * @param from the first number
     * @param to the number behind the last
     * @return how long it took
     */
    public Duration play(int from, int to) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> work(next, to), "malformed-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Fails if a case has failed; tells each with all that is needed to repeat it alone. */
    public void assertAllRight() {
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.size() + " cases have failed; repeat one alone with"
                    + " -Dfieldgate.malformed.seed=" + seed + " -Dfieldgate.malformed.only=<case>\n\n"
                    + String.join("\n\n", failures.values()));
        }
    }

    private void work(AtomicInteger next, int to) {
        int number = next.getAndIncrement();
        while (number < to && failures.size() < MOST_FAILURES) {
            Case one = cases.get(number);
            try {
                player.play(one);
            } catch (Exception | AssertionError e) {
                failures.put(number, one.describe(seed) + "\n" + e);
            }
            number = next.getAndIncrement();
        }
    }
}
