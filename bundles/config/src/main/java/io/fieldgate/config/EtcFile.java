package io.fieldgate.config;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of {@code etc/}, and what has become of it. Guarded by {@link EtcFiles}.
 *
 * <p>All of a file is applied or nothing. What it said before stays in force when it is bad, or when the component fails with it.
 */
final class EtcFile {

    /** Longer than most starts take. */
    static final long MENTION_WAIT_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(EtcFile.class);

    /** What is said of a file that has gone, and of its configuration. */
    static final String DEFAULTS_BACK = "{} has gone: {} is back to its defaults";

    /** The same of a factory configuration, which is not there without its file. */
    static final String INSTANCE_GONE = "{} has gone, and {} with it";

    private final String name;
    private final Declarations declarations;
    private final ConfigurationStore store;
    private final ComponentProbe probe;
    private final LongSupplier nanoTime;

    private Map<String, String> lines = Map.of();
    private Optional<Map<String, String>> appliedLines = Optional.empty();
    private Optional<String> pid = Optional.empty();
    private Optional<Map<String, Object>> good = Optional.empty();
    private Optional<Trial> trial = Optional.empty();
    private OptionalLong waitsSince = OptionalLong.empty();
    private boolean waitMentioned;

    EtcFile(
            String name,
            Declarations declarations,
            ConfigurationStore store,
            ComponentProbe probe,
            LongSupplier nanoTime) {
        this.name = name;
        this.declarations = declarations;
        this.store = store;
        this.probe = probe;
        this.nanoTime = nanoTime;
    }

    /** The file has come or changed. */
    void changed(Map<String, String> now) {
        lines = now;
        if (!appliedLines.equals(Optional.of(now))) {
            apply();
        }
    }

    /** A bundle has come that declares the file's PID, or one has gone: what was bad may be good now, or the reverse. */
    void apply() {
        Optional<Target> target = declarations.target(name);
        if (target.isEmpty()) {
            if (waitsSince.isEmpty()) {
                waitsSince = OptionalLong.of(nanoTime.getAsLong());
            }
            return;
        }
        waitsSince = OptionalLong.empty();
        try {
            apply(target.get(), target.get().schema().check(lines));
        } catch (BadValues e) {
            LOG.error("{}: {}", name, e.getMessage());
        } catch (IOException e) {
            LOG.error("{} cannot be applied", name, e);
        }
    }

    private void apply(Target target, Map<String, Object> values) throws IOException {
        if (!pid.equals(Optional.of(target.pid()))) {
            moveTo(target.pid());
        }
        appliedLines = Optional.of(lines);
        if (store.update(target.pid(), name, values)) {
            trial = Optional.of(new Trial(probe, target, values, nanoTime));
        }
    }

    /** A bundle with a longer PID that fits the file's name has come: from now on the file is that one's. */
    private void moveTo(String now) throws IOException {
        if (pid.isPresent()) {
            store.delete(pid.get());
        }
        pid = Optional.of(now);
        good = store.values(now);
    }

    /** Says once that the file waits, but not while the bundles are still being started. */
    void mentionWait() {
        if (!waitMentioned
                && waitsSince.isPresent()
                && nanoTime.getAsLong() - waitsSince.getAsLong() >= TimeUnit.MILLISECONDS.toNanos(MENTION_WAIT_MS)) {
            LOG.info("{} waits: no bundle declares what it configures", name);
            waitMentioned = true;
        }
    }

    /** The file is gone. */
    void removed() throws IOException {
        trial = Optional.empty();
        if (pid.isPresent()) {
            store.delete(pid.get());
            LOG.info(ConfigurationStore.isInstance(pid.get()) ? INSTANCE_GONE : DEFAULTS_BACK, name, pid.get());
        }
    }

    Optional<Trial> trial() {
        return trial;
    }

    /**
     * A trial has ended; it counts unless another has begun since.
     *
     * @return the singleton that has lost its configuration by it, and must come up with its defaults
     */
    Optional<Target> settle(Trial ended, ComponentProbe.Sight outcome) {
        if (!trial.equals(Optional.of(ended))) {
            return Optional.empty();
        }
        trial = Optional.empty();
        if (outcome.state() != ComponentProbe.State.FAILED) {
            LOG.info("{} is applied", name);
            good = Optional.of(ended.values());
            return Optional.empty();
        }
        // The next change is applied even if it brings back the lines that were applied before these.
        appliedLines = Optional.empty();
        try {
            takeBack(ended.target().pid(), outcome.reason());
        } catch (IOException e) {
            LOG.error("{}: the values before cannot be restored", name, e);
        }
        return good.isEmpty() && ended.target().instance().isEmpty() ? Optional.of(ended.target()) : Optional.empty();
    }

    private void takeBack(String failedPid, String reason) throws IOException {
        if (good.isPresent()) {
            LOG.error("{}: the component fails with it, so the values before are back: {}", name, reason);
            store.update(failedPid, name, good.get());
        } else {
            LOG.error("{}: the component fails with it, so it is not configured: {}", name, reason);
            store.delete(failedPid);
        }
    }
}
