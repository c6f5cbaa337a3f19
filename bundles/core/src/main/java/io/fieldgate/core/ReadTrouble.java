package io.fieldgate.core;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of the reads of one driver: once that they fail and how, at most once a minute that they fail in another
 * way, and once that they are well again, which is when none has failed for a while. A driver that changes with every read
 * between right and wrong, or between several kinds of wrong, so makes no more than two lines a minute. Used on the driver's
 * lane alone.
 */
final class ReadTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(ReadTrouble.class);
    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();
    private static final long QUIET = Duration.ofSeconds(10).toNanos();

    private final String driver;
    /** A read has failed, and it was not quiet since. */
    private boolean failing;
    /** The log says so. */
    private boolean told;
    /** There was ever a warning. */
    private boolean warnedBefore;

    private String warned = "";
    private long warnedAt;
    private long quietUntil;
    private long untold;
    private long leftOut;

    ReadTrouble(String driver) {
        this.driver = driver;
    }

    /**
     * A read has failed.
     *
     * @param turned how many points turned BAD by it; as long as none has, nobody is told
     * @param turn which points it was of
     * @param problem what was wrong
     * @param now in nanoseconds
     */
    void failed(long turned, PollPlan.Turn turn, DriverReader.Problem problem, long now) {
        // The same points are read again after a period; a little earlier counts, as turns are not to the nanosecond.
        long end = now + Math.max(QUIET, turn.period().toNanos() / 10 * 9);
        quietUntil = failing && quietUntil - end > 0 ? quietUntil : end;
        failing = true;
        untold = Math.max(untold, turned);
        boolean news = told ? !problem.text().equals(warned) : untold > 0;
        boolean soon = warnedBefore && now - warnedAt < BETWEEN_WARNINGS;
        if (!news || soon) {
            LOG.debug(
                    "driver {}: a read of {} points failed too: {}",
                    driver,
                    turn.points().size(),
                    problem.text());
            leftOut++;
            return;
        }
        warn(problem);
        told = true;
        warnedBefore = true;
        warned = problem.text();
        warnedAt = now;
        untold = 0;
        leftOut = 0;
    }

    private void warn(DriverReader.Problem problem) {
        String rest = leftOut == 0 ? "" : " (" + leftOut + " failed reads before are left out)";
        if (told) {
            LOG.warn("driver {} still fails: {}{}", driver, problem.text(), rest, problem.cause());
        } else {
            LOG.warn(
                    "driver {}: points that turned BAD: {}; {}{}",
                    driver,
                    untold,
                    problem.text(),
                    rest,
                    problem.cause());
        }
    }

    /** A read was in order. */
    void passed(long now) {
        if (!failing || now - quietUntil < 0) {
            return;
        }
        if (told) {
            LOG.info("driver {} can be read again", driver);
        }
        failing = false;
        told = false;
        untold = 0;
        leftOut = 0;
    }
}
