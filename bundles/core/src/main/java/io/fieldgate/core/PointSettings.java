package io.fieldgate.core;

import java.time.Duration;

/**
 * The limits of the points, checked.
 *
 * @param ringSamples how many recent samples are kept
 * @param callTimeout how long a call of a driver may take
 * @param laneQueueCalls how many refreshes and writes may wait for one driver
 * @param observerQueueSamples how many samples may wait for one observer of each sample
 * @param observerThreads how many observers are called at once
 * @param stopWait how long a driver that goes is waited for
 * @param retryFirst the pause after the first failed start of a driver
 * @param retryLongest the longest pause between two starts
 * @param linger how long the points of a driver that has gone stay listed
 * @param takeover how long what a bundle holds waits for the bundle to come back
 */
record PointSettings(
        int ringSamples,
        Duration callTimeout,
        int laneQueueCalls,
        int observerQueueSamples,
        int observerThreads,
        Duration stopWait,
        Duration retryFirst,
        Duration retryLongest,
        Duration linger,
        Duration takeover) {

    static PointSettings of(PointGateway.Config config) {
        int first = ConfigRange.within("retry.first.s", config.retry_first_s(), 1, 3600);
        return new PointSettings(
                ConfigRange.within("ring.samples", config.ring_samples(), 100, 1_000_000),
                Duration.ofSeconds(ConfigRange.within("call.timeout.s", config.call_timeout_s(), 1, 3600)),
                ConfigRange.within("lane.queue.calls", config.lane_queue_calls(), 1, 10_000),
                ConfigRange.within("observer.queue.samples", config.observer_queue_samples(), 1, 1_000_000),
                ConfigRange.within("observer.threads", config.observer_threads(), 2, 64),
                Duration.ofMillis(ConfigRange.within("stop.wait.ms", config.stop_wait_ms(), 0, 2000)),
                Duration.ofSeconds(first),
                Duration.ofSeconds(ConfigRange.within("retry.longest.s", config.retry_longest_s(), first, 3600)),
                Duration.ofSeconds(ConfigRange.within("linger.s", config.linger_s(), 0, 3600)),
                Duration.ofSeconds(ConfigRange.within("takeover.s", config.takeover_s(), 1, 600)));
    }
}
