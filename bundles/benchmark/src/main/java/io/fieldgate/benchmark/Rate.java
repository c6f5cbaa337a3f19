package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.Traffic;
import java.io.IOException;
import java.time.Duration;

/**
 * How much a server did in a time, and the processor time that it took.
 *
 * @param count how much, at least 1
 * @param seconds the time
 * @param cpuSeconds processor time of the server's process, all threads
 */
record Rate(long count, double seconds, double cpuSeconds) {

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    /** A machine that is busy, and a very short measurement: then it goes on until there is something to be divided by. */
    private static final Duration NOTHING_LIMIT = Duration.ofSeconds(10);

    Rate {
        if (count < 1) {
            throw new IllegalArgumentException("nothing was done in " + seconds + " s");
        }
    }

    double perSecond() {
        return count / seconds;
    }

    double cpuMicrosEach() {
        return cpuSeconds * 1e6 / count;
    }

    /**
     * Warms the server up with some traffic, measures it under the same traffic, and waits until what is under way has come.
     *
     * @throws IOException if anything is not as it should be
     */
    static Rate of(Load load, Traffic traffic, ServerProcess server, Settings settings) throws IOException {
        load.run(settings.warmUp(), traffic::step);
        long countBefore = traffic.count();
        double cpuBefore = ProcessUsage.cpuSeconds(server.pid());
        long from = System.nanoTime();
        do {
            load.run(settings.seconds(), traffic::step);
        } while (traffic.count() == countBefore && System.nanoTime() - from < NOTHING_LIMIT.toNanos());
        long to = System.nanoTime();
        double cpu = ProcessUsage.cpuSeconds(server.pid()) - cpuBefore;
        long count = traffic.count() - countBefore;
        traffic.stop();
        load.await(traffic::isDone, DRAIN_LIMIT, "all that is under way");
        return new Rate(count, (to - from) / 1e9, cpu);
    }
}
