package io.fieldgate.installer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches new bundles, from the moment when they have started to the end of their probation.
 *
 * <p><b>Threading.</b> For one thread at a time; {@link #complaints} is for any.
 */
final class Trial {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(10);
    private static final long SETTLE_POLL_MS = 10;
    private static final long LOOK_MS = 100;

    private final BundleContext framework;
    private final Inventory inventory;
    private final Probation probation;
    private final Duration time;

    /** @param time how long the probation is */
    Trial(BundleContext framework, Inventory inventory, Probation probation, Duration time) {
        this.framework = framework;
        this.inventory = inventory;
        this.probation = probation;
        this.time = time;
    }

    /** Says why an update must end before its time, if so. */
    @FunctionalInterface
    interface Interruption {

        /** Looks whether it is still wanted. */
        Optional<String> of(UpdateRun run);
    }

    /**
     * What new bundles are held against.
     *
     * @param baseline how all was when this installer began to look
     * @param complaints what was wrong before the update, if another installer has begun it
     */
    record Standard(Baseline baseline, Optional<List<String>> complaints) {

        /** The same without bundles that go and that nothing is put in the place of. */
        Standard without(Set<String> symbolicNames) {
            return new Standard(baseline.without(symbolicNames), complaints);
        }
    }

    /** Takes down how all is before anything is touched. */
    Standard before() {
        return new Standard(probation.baseline(), Optional.empty());
    }

    /** Takes down how all is when another installer has begun the update. */
    Standard before(List<String> complaints) {
        return new Standard(probation.baseline(), Optional.of(complaints));
    }

    /** What is wrong now. */
    List<String> complaints() {
        return probation.complaints(this::isExpected);
    }

    /** Waits until what ran before runs again, for services and configurations need a moment to arrive. */
    void settle(Standard before, List<Bundle> next) {
        long end = System.nanoTime() + SETTLE_MAX.toNanos();
        while (System.nanoTime() < end && !isStopping()) {
            Verdict verdict = look(before, next);
            if (!verdict.fatal().isEmpty() || verdict.pending().isEmpty() || !pause(SETTLE_POLL_MS)) {
                return;
            }
        }
    }

    /** Looks on for the time of probation, by a clock that nobody sets. */
    Optional<String> objection(UpdateRun run, Standard before, List<Bundle> next, Interruption interruption) {
        long end = System.nanoTime() + time.toNanos();
        while (!isStopping()) {
            boolean over = System.nanoTime() >= end;
            Verdict verdict = look(before, next);
            if (!verdict.fatal().isEmpty()) {
                return Optional.of(String.join("; ", verdict.fatal()));
            }
            Optional<String> interrupted = interruption.of(run);
            if (interrupted.isPresent()) {
                return interrupted;
            }
            if (over) {
                return verdict.pending().isEmpty()
                        ? Optional.empty()
                        : Optional.of(String.join("; ", verdict.pending()));
            }
            if (!pause(LOOK_MS)) {
                return Optional.of("the installer was interrupted");
            }
        }
        return Optional.empty();
    }

    /** What those who are asked throw must not break off the update. */
    private Verdict look(Standard before, List<Bundle> next) {
        try {
            Verdict verdict = probation.look(before.baseline(), next);
            if (before.complaints().isEmpty()) {
                return verdict;
            }
            List<String> pending = new ArrayList<>(verdict.pending());
            pending.addAll(probation.complaints(this::isExpected));
            pending.removeAll(before.complaints().get());
            return new Verdict(verdict.fatal(), pending);
        } catch (RuntimeException e) {
            LOG.debug("the new bundles cannot be looked at", e);
            return new Verdict(List.of(), List.of("they cannot be looked at: " + Reasons.of(e)));
        }
    }

    /** Tells whether a bundle should run: one that does, or of a name of which none does the one that is to. */
    private boolean isExpected(Bundle bundle) {
        return inventory.runs(Inventory.name(bundle))
                ? bundle.getState() == Bundle.ACTIVE
                : inventory
                        .current(Inventory.name(bundle))
                        .filter(bundle::equals)
                        .isPresent();
    }

    /** Tells whether the gateway is about to stop, so that nothing can be said of anybody. */
    boolean isStopping() {
        return framework.getBundle().getState() == Bundle.STOPPING
                || framework.getBundle().getState() == Bundle.RESOLVED;
    }

    private static boolean pause(long ms) {
        try {
            Thread.sleep(ms);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
