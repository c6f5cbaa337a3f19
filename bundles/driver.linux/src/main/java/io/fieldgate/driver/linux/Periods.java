package io.fieldgate.driver.linux;

import java.time.Duration;

/**
 * How often points are read.
 *
 * @param normal what is configured
 */
record Periods(Duration normal) {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    /** For what moves slowly: 10 s, or what is configured if that is longer. */
    Duration slow() {
        return normal.compareTo(TEN_SECONDS) > 0 ? normal : TEN_SECONDS;
    }

    /** For what hardly ever changes: 1 min, the longest that can be configured. */
    Duration rare() {
        return Duration.ofMinutes(1);
    }
}
