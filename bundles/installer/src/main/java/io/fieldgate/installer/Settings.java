package io.fieldgate.installer;

import java.time.Duration;

/**
 * The configuration, checked.
 *
 * @param poll from one look at {@code deploy/} to the next
 * @param start how long a bundle may take to start or stop
 * @param probation how long a new version is looked at
 * @param errorsMax how many errors of its handlers are forgiven meanwhile
 * @param bundleMaxBytes the largest jar
 */
record Settings(Duration poll, Duration start, Duration probation, int errorsMax, long bundleMaxBytes) {

    static Settings of(InstallerService.Config config) {
        return new Settings(
                Duration.ofMillis(within("poll.ms", config.poll_ms(), 100, 10_000)),
                Duration.ofSeconds(within("start.timeout.s", config.start_timeout_s(), 1, 300)),
                Duration.ofSeconds(within("probation.s", config.probation_s(), 1, 3_600)),
                within("errors.max", config.errors_max(), 0, 100_000),
                within("bundle.max.bytes", config.bundle_max_bytes(), 1_024, 1 << 30));
    }

    static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " must be " + min + " to " + max + ", is " + value);
        }
        return value;
    }
}
