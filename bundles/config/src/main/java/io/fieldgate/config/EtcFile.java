package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.security.Audit.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of {@code etc/}, and what has become of it. Guarded by {@link EtcFiles}.
 *
 * <p>All of a file is applied or nothing. What it said before stays in force when it is bad, or when the component fails with it. A
 * change that comes while the component tries the one before waits for the outcome, so that there is always something good to go
 * back to.
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
    private final Means means;
    private final Confirmation confirmation;

    /** What the file says; nothing if it has gone. */
    private Optional<Content> content = Optional.empty();

    private Optional<Map<String, String>> appliedLines = Optional.empty();
    private Optional<Target> target = Optional.empty();
    private Optional<Map<String, Object>> good = Optional.empty();
    private Optional<Trial> trial = Optional.empty();
    private boolean postponed;
    private List<String> problems = List.of();
    private OptionalLong waitsSince = OptionalLong.empty();
    private boolean waitMentioned;

    EtcFile(String name, Means means) {
        this.name = name;
        this.means = means;
        this.confirmation = new Confirmation(name, means);
    }

    /** What was there when the gateway started, and counts as confirmed. */
    void begin(Content found) {
        confirmation.trust(found);
        changed(found);
    }

    /** The file has come or changed. */
    void changed(Content now) {
        content = Optional.of(now);
        postponed = trial.filter(open -> means.probe().isStarted(open.target())).isPresent();
        if (!postponed) {
            followFile();
        }
    }

    private void followFile() {
        if (content.isPresent() && appliedLines.equals(content.map(Content::lines))) {
            problems = List.of();
            confirmation.rewritten(content.get());
        } else {
            apply();
        }
    }

    /** The change that waited for the outcome of the one before, if there is one. */
    void catchUp() {
        if (postponed && trial.isEmpty()) {
            postponed = false;
            followFile();
        }
    }

    /** A bundle has come that declares the file's PID, or one has gone: what was bad may be good now, or the reverse. */
    void apply() {
        Optional<Target> declared = means.declarations().target(name);
        if (declared.isEmpty() || content.isEmpty()) {
            if (waitsSince.isEmpty()) {
                waitsSince = OptionalLong.of(means.nanoTime().getAsLong());
            }
            return;
        }
        waitsSince = OptionalLong.empty();
        try {
            apply(declared.get(), declared.get().schema().check(content.get().lines()));
        } catch (BadValues e) {
            LOG.error("{}: {}", name, e.getMessage());
            refused(e.problems());
        } catch (IOException e) {
            LOG.error("{} cannot be applied", name, e);
            refused(List.of("it cannot be applied: " + e.getMessage()));
        }
    }

    private void apply(Target declared, Map<String, Object> values) throws IOException {
        if (!pid().equals(Optional.of(declared.pid()))) {
            moveTo(declared.pid());
        }
        target = Optional.of(declared);
        confirmation.change(declared, content);
        appliedLines = content.map(Content::lines);
        problems = List.of();
        if (means.store().update(declared.pid(), name, values)) {
            trial = Optional.of(new Trial(means.probe(), declared, values, means.nanoTime()));
        }
    }

    private Optional<String> pid() {
        return target.map(Target::pid);
    }

    /** A bundle with a longer PID that fits the file's name has come: from now on the file is that one's. */
    private void moveTo(String now) throws IOException {
        if (pid().isPresent()) {
            means.store().delete(pid().get());
        }
        good = means.store().values(now);
    }

    /** It cannot be applied, and whoever found that has said so. */
    void refused(List<String> why) {
        problems = why;
        means.audit().record("config apply", name, Outcome.FAILED);
    }

    /** Says once that the file waits, but not while the bundles are still being started. */
    void mentionWait() {
        if (!waitMentioned
                && content.isPresent()
                && waitsSince.isPresent()
                && means.nanoTime().getAsLong() - waitsSince.getAsLong()
                        >= TimeUnit.MILLISECONDS.toNanos(MENTION_WAIT_MS)) {
            LOG.info("{} waits: no bundle declares what it configures", name);
            waitMentioned = true;
        }
    }

    /** The file is gone. */
    void removed() throws IOException {
        content = Optional.empty();
        trial = Optional.empty();
        postponed = false;
        problems = List.of();
        if (target.isPresent()) {
            confirmation.change(target.get(), content);
        }
        appliedLines = Optional.empty();
        good = Optional.empty();
        if (pid().isPresent()) {
            means.store().delete(pid().get());
            LOG.info(ConfigurationStore.isInstance(pid().get()) ? INSTANCE_GONE : DEFAULTS_BACK, name, pid().get());
            means.audit().record("config remove", name, Outcome.DONE);
        }
    }

    /** Whether there is nothing left to know about it. */
    boolean isForgotten() {
        return content.isEmpty() && confirmation.revertsAt().isEmpty() && problems.isEmpty();
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
            means.audit().record("config apply", name, Outcome.DONE);
            good = Optional.of(ended.values());
            return Optional.empty();
        }
        // The next change is applied even if it brings back the lines that were applied before these.
        appliedLines = Optional.empty();
        refused(List.of("the component fails with it: " + outcome.reason()));
        try {
            takeBack(ended.target().pid(), outcome.reason());
            confirmation.undo();
        } catch (IOException e) {
            LOG.error("{}: the values before cannot be restored", name, e);
        }
        return good.isEmpty() && ended.target().instance().isEmpty() ? Optional.of(ended.target()) : Optional.empty();
    }

    private void takeBack(String failedPid, String reason) throws IOException {
        if (good.isPresent()) {
            LOG.error("{}: the component fails with it, so the values before are back: {}", name, reason);
            means.store().update(failedPid, name, good.get());
        } else {
            LOG.error("{}: the component fails with it, so it is not configured: {}", name, reason);
            means.store().delete(failedPid);
        }
    }

    /** Takes the file and its values back if nobody has confirmed them in time. */
    void takeBackWhenOver() throws IOException {
        if (!confirmation.isOver()) {
            return;
        }
        Optional<Content> confirmed = confirmation.takeBack();
        LOG.warn(
                "{} was not confirmed in time and is taken back; it lies beside as {}{}",
                name,
                name,
                ConfirmedFiles.REJECTED);
        means.audit().record("config take back", name, Outcome.DONE);
        trial = Optional.empty();
        postponed = false;
        appliedLines = Optional.empty();
        content = confirmed;
        if (confirmed.isPresent()) {
            apply();
        } else {
            removed();
        }
    }

    /**
     * Keeps the change that waits.
     *
     * @return whether there was one
     */
    boolean confirm() throws IOException {
        boolean waits = confirmation.revertsAt().isPresent();
        if (waits) {
            confirmation.confirm();
            LOG.info("{} is confirmed", name);
            means.audit().record("config confirm", name, Outcome.DONE);
        }
        return waits;
    }

    ConfigurationFile status() {
        ConfigurationFile.State state = ConfigurationFile.State.APPLIED;
        if (!problems.isEmpty()) {
            state = ConfigurationFile.State.REFUSED;
        } else if (confirmation.revertsAt().isPresent()) {
            state = ConfigurationFile.State.UNCONFIRMED;
        } else if (waitsSince.isPresent()) {
            state = ConfigurationFile.State.WAITING;
        }
        return new FileStatus(name, state, problems, confirmation.revertsAt());
    }
}
