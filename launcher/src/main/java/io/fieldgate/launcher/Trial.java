package io.fieldgate.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a gateway whose distribution is new. If it is ready in time, and healthy when the time of probation is over, its distribution
 * becomes current; else the process ends, and {@code bin/fieldgate} starts the distribution before.
 *
 * <p><b>Threading.</b> A thread of its own watches; the methods are for the thread that starts the gateway.
 */
final class Trial {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    /** More than the health checks may take together. */
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(30);

    private final Distributions distributions;
    private final String id;
    private final TrialTerms terms;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean decided = new AtomicBoolean();

    /** Says how the gateway is. */
    interface Health {

        /** What is wrong, or nothing. */
        Optional<String> complaint() throws IOException;
    }

    /** @param id the distribution that is tried */
    Trial(Distributions distributions, String id, TrialTerms terms) {
        this.distributions = distributions;
        this.id = id;
        this.terms = terms;
    }

    /**
     * Begins to watch.
     *
     * @param health is asked when the probation is over, on a thread of its own
     * @param exit ends the process with a status
     */
    void begin(Health health, IntConsumer exit) {
        Thread thread = new Thread(() -> watch(health, exit), "fieldgate-trial");
        thread.setDaemon(true);
        thread.start();
    }

    /** Says that the port is open. */
    void ready() {
        ready.countDown();
    }

    /** Says that the start has failed; the process is about to end. */
    void failed(String reason) {
        over.countDown();
        giveUp(reason);
    }

    /** Says that the gateway is being stopped; if nothing is decided yet, it has not proved itself. */
    void stopped() {
        failed("it was stopped before it had been healthy for long enough");
    }

    private void watch(Health health, IntConsumer exit) {
        try {
            Optional<String> reason = verdict(health);
            if (reason.isEmpty()) {
                keep();
            } else if (giveUp(reason.get())) {
                exit.accept(ExitStatus.FAILED);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("{} cannot become current", id, e);
            note("it cannot become current: " + Complaint.sentence(e));
            exit.accept(ExitStatus.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> verdict(Health health) throws InterruptedException {
        if (!ready.await(terms.ready().toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.of("it was not ready within " + terms.ready().toSeconds() + " s");
        }
        return over.await(terms.probation().toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.empty()
                : complaint(health).map(complaint -> "it was not healthy: " + complaint);
    }

    /** Asked on another thread, for whatever is asked may hang. */
    private Optional<String> complaint(Health health) throws InterruptedException {
        AtomicReference<Optional<String>> answer = new AtomicReference<>(
                Optional.of("it did not say within " + HEALTH_LIMIT.toSeconds() + " s how it is"));
        Thread asking = new Thread(() -> answer.set(ask(health)), "fieldgate-health");
        asking.setDaemon(true);
        asking.start();
        asking.join(HEALTH_LIMIT.toMillis());
        return answer.get();
    }

    private Optional<String> ask(Health health) {
        try {
            return health.complaint();
        } catch (IOException | RuntimeException e) {
            return Optional.of(Complaint.sentence(e));
        }
    }

    private void keep() throws IOException {
        if (decided.compareAndSet(false, true)) {
            distributions.keepTried();
            new UpgradeOutcome(id, true, "").write(distributions.outcome());
            LOG.info("{} is healthy and stays", id);
            distributions.collect(id, HomeLock.isHeld(distributions.lock()));
        }
    }

    private boolean giveUp(String reason) {
        boolean first = decided.compareAndSet(false, true);
        if (first) {
            note(reason);
        }
        return first;
    }

    private void note(String reason) {
        LOG.error("{} is given up: {}", id, reason);
        try {
            new UpgradeOutcome(id, false, reason).write(distributions.outcome());
        } catch (IOException e) {
            LOG.error("why {} is given up cannot be written down", id, e);
        }
    }
}
