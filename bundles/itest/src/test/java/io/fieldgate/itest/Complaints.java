package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a gateway has logged that somebody would have to look at. */
final class Complaints {

    /** A warning, an error, or anything with a stack trace. */
    static final Pattern ANY = Pattern.compile(" ERROR | WARN |Exception");

    /** An error, or anything with a stack trace. */
    static final Pattern ERRORS = Pattern.compile(" ERROR |\tat ");

    private Complaints() {}

    /**
     * The records that match a pattern, each with its stack trace, without those that are known: that bundles need not be signed, as the homes
     * of the tests have no certificate, and what Jetty says of itself.
     */
    static List<String> of(GatewayProcess gateway, Pattern pattern) {
        String log = gateway.home().logged();
        assertTrue(log.contains(" INFO "), "the log is not where it was");
        return Stream.of(log.split("\\R(?=\\d{4}-\\d\\d-\\d\\d )"))
                .filter(record -> pattern.matcher(record).find())
                .filter(record -> !saysThatAnyBundleIsTaken(record))
                .filter(record -> !isJettysDoubleRelease(record))
                .toList();
    }

    /** At each start without a certificate in {@code etc/trust}. */
    static boolean saysThatAnyBundleIsTaken(String record) {
        return record.contains("no certificate in etc/trust");
    }

    /**
     * Jetty 12.0.32 answers a request that is no HTTP from two threads, and once in a hundred thousand times or so both of them give back the
     * same buffer. It takes no servlet and no upgrade to see that; {@code docs/robustness.md} has the proof.
     */
    private static boolean isJettysDoubleRelease(String record) {
        return (record.contains("QueuedThreadPool: Job failed") || record.contains("AdaptiveExecutionStrategy"))
                && record.contains("already released")
                && record.contains("HttpConnection.releaseRequestBuffer")
                && !record.contains("io.fieldgate.");
    }
}
