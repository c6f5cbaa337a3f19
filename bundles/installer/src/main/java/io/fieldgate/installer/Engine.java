package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an update through its states. What it is about to do stands on the disk before it does it, so that the next start knows how far it has come;
 * only with the write of {@link Update.State#COMMITTED} the new versions are what is to run.
 *
 * <p><b>Threading.</b> For one thread at a time, which may outlive the installer's own bundle.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(10);
    private static final long SETTLE_POLL_MS = 10;
    private static final long LOOK_MS = 100;

    private final BundleContext framework;
    private final Bundle self;
    private final DesiredFile desired;
    private final Inventory inventory;
    private final Activation activation;
    private final Activation.StartCheck check;
    private final Probation probation;
    private final Duration probationTime;
    private final Edges edges;
    private final Clock clock;
    private volatile boolean replacesItself;

    Engine(Parts parts, Duration probationTime, Clock clock) {
        framework = parts.framework();
        self = parts.self();
        desired = parts.desired();
        inventory = parts.inventory();
        activation = parts.activation();
        check = parts.check();
        probation = parts.probation();
        edges = parts.edges();
        this.probationTime = probationTime;
        this.clock = clock;
    }

    /**
     * What the engine works with.
     *
     * @param framework the framework's context
     * @param self the installer's own bundle
     * @param desired the state on the disk
     * @param inventory knows what is installed
     * @param activation puts bundles in place
     * @param check refuses bundles that have started
     * @param probation looks at bundles that run
     * @param edges is told of what the disk does not see
     */
    record Parts(
            BundleContext framework,
            Bundle self,
            DesiredFile desired,
            Inventory inventory,
            Activation activation,
            Activation.StartCheck check,
            Probation probation,
            Edges edges) {}

    /** Tells whether the installer's own bundle is being replaced now, or restarted. */
    boolean replacesItself() {
        return replacesItself;
    }

    /**
     * Runs an update to its end.
     *
     * @param interruption says why an update on probation must end before its time
     */
    void run(UpdateRun run, Supplier<Optional<String>> interruption) {
        if (interruption.get().isPresent()) {
            end(run, Update.State.REFUSED, interruption.get().get());
            return;
        }
        List<Swap> swaps;
        Collection<Bundle> refreshed;
        try {
            note(run.deed());
            swaps = activation.prepare(run.targets());
        } catch (UpdateException | IOException e) {
            end(run, Update.State.REFUSED, reason(e));
            return;
        }
        try {
            refreshed = inventory.dependents(
                    swaps.stream().flatMap(swap -> swap.old().stream()).toList());
            Verification.verify(swaps, refreshed, run.options());
            move(run, Update.State.VERIFIED);
            move(run, Update.State.ACTIVATING);
        } catch (UpdateException | IOException e) {
            activation.forget(swaps);
            end(run, Update.State.REFUSED, reason(e));
            return;
        }
        replacesItself = run.names().contains(self.getSymbolicName()) || refreshed.contains(self);
        if (replacesItself) {
            EagerClasses.load(self);
        }
        try {
            attempt(run, swaps, refreshed, interruption);
        } finally {
            replacesItself = false;
        }
    }

    private void attempt(
            UpdateRun run, List<Swap> swaps, Collection<Bundle> refreshed, Supplier<Optional<String>> interruption) {
        Baseline before = probation.baseline().without(gone(swaps));
        try {
            List<Bundle> going = new ArrayList<>(refreshed);
            swaps.forEach(swap -> swap.old().ifPresent(going::add));
            Replacing.<ActivationException>announce(framework, going, () -> {
                activation.swap(swaps, refreshed, check);
                settle(before, next(swaps));
            });
            swaps.forEach(swap -> LOG.info("{}", text(run, swap)));
            move(run, Update.State.PROBATION);
            edges.at("probation");
            Optional<String> objection = prove(before, next(swaps), interruption);
            if (objection.isPresent()) {
                boolean wanted = interruption.get().isEmpty();
                rollBack(run, swaps, refreshed, before, objection.get(), wanted);
            } else if (!isStopping()) {
                commit(run, swaps);
            }
        } catch (ActivationException | IOException e) {
            rollBack(run, swaps, refreshed, before, reason(e), true);
        }
    }

    /** Waits until what ran before runs again, for services and configurations need a moment to arrive. */
    private void settle(Baseline before, List<Bundle> next) {
        long end = System.nanoTime() + SETTLE_MAX.toNanos();
        while (System.nanoTime() < end && !isStopping()) {
            Verdict verdict = look(before, next);
            if (!verdict.fatal().isEmpty() || verdict.pending().isEmpty() || !pause(SETTLE_POLL_MS)) {
                return;
            }
        }
    }

    /** Looks on for the time of probation, by a clock that nobody sets. */
    private Optional<String> prove(Baseline before, List<Bundle> next, Supplier<Optional<String>> interruption) {
        long end = System.nanoTime() + probationTime.toNanos();
        while (!isStopping()) {
            boolean over = System.nanoTime() >= end;
            Verdict verdict = look(before, next);
            if (!verdict.fatal().isEmpty()) {
                return Optional.of(String.join("; ", verdict.fatal()));
            }
            Optional<String> interrupted = interruption.get();
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
    private Verdict look(Baseline before, List<Bundle> next) {
        try {
            return probation.look(before, next);
        } catch (RuntimeException e) {
            LOG.debug("the new bundles cannot be looked at", e);
            return new Verdict(List.of(), List.of("they cannot be looked at: " + Reasons.of(e)));
        }
    }

    private void commit(UpdateRun run, List<Swap> swaps) throws IOException {
        Deed deed = run.deed().at(Update.State.COMMITTED, Optional.empty(), clock.instant());
        Desired next = desired.now();
        for (Target target : run.targets()) {
            next = next.with(target.symbolicName(), target.commit().apply(next.layers(target.symbolicName())));
        }
        desired.write(next.refusingNoMore(files(run)).ending(deed), Update.State.COMMITTED);
        LOG.info("update {} ({}) of {} is committed", deed.id(), deed.subject(), deed.by());
        run.move(deed);
        // The last thing done, for it may be this very bundle.
        activation.finish(swaps);
        edges.at("committed.uninstalled");
    }

    /**
     * First the reason on the disk, then the old ones, then the news.
     *
     * @param wanted whether the new ones are no good; else somebody has wanted something else meanwhile, and may want them again
     */
    private void rollBack(
            UpdateRun run,
            List<Swap> swaps,
            Collection<Bundle> refreshed,
            Baseline before,
            String reason,
            boolean wanted) {
        LOG.error(
                "update {} ({}) of {} is rolled back: {}",
                run.deed().id(),
                run.deed().subject(),
                run.deed().by(),
                reason);
        Deed deed = run.deed().at(Update.State.ROLLED_BACK, Optional.of(reason), clock.instant());
        Desired next = desired.now().ending(deed);
        if (wanted && run.targets().size() == 1) {
            Optional<DroppedFile> file = run.targets().get(0).file();
            if (file.isPresent()) {
                DroppedFile dropped = file.get();
                next = next.refusing(
                        dropped.name(), new Desired.Refused(dropped.jar().sha256(), dropped.modified(), reason));
            }
        }
        try {
            desired.write(next, Update.State.ROLLED_BACK);
        } catch (IOException e) {
            LOG.error("the state cannot be written; the next start will say that update {} was cut off", run.id(), e);
        }
        List<Bundle> going = new ArrayList<>(refreshed);
        going.addAll(next(swaps));
        Replacing.<RuntimeException>announce(framework, going, () -> {
            activation.undo(swaps, refreshed);
            settle(before, swaps.stream().flatMap(swap -> swap.old().stream()).toList());
        });
        edges.at("rolled_back.undone");
        run.move(deed);
    }

    /** An update that was cut off by the end of the gateway, or of the thread that ran it, is rolled back. */
    void recover() {
        Optional<Deed> open = desired.now().open();
        if (open.isEmpty()) {
            return;
        }
        String reason = "the gateway ended while it was "
                + switch (open.get().state()) {
                    case ACTIVATING -> "being activated";
                    case PROBATION -> "on probation";
                    default -> "being checked";
                };
        Deed deed = open.get().at(Update.State.ROLLED_BACK, Optional.of(reason), clock.instant());
        LOG.error("update {} ({}) of {} is rolled back: {}", deed.id(), deed.subject(), deed.by(), reason);
        try {
            desired.write(desired.now().ending(deed), Update.State.ROLLED_BACK);
        } catch (IOException e) {
            LOG.error("the state cannot be written", e);
        }
        List<Bundle> strangers =
                inventory.stored().filter(bundle -> !isDesired(bundle)).toList();
        activation.replaceStrangers(strangers);
    }

    /** Tells whether a bundle of the store is what is to run. */
    boolean isDesired(Bundle stored) {
        return desired.now()
                .layers(Inventory.name(stored))
                .effective()
                .filter(version -> version.sha256().equals(inventory.sha256(stored)))
                .isPresent();
    }

    private void note(Deed deed) throws IOException {
        desired.write(desired.now().opening(deed), deed.state());
    }

    private void move(UpdateRun run, Update.State state) throws IOException {
        Deed deed = run.deed().at(state, Optional.empty(), clock.instant());
        note(deed);
        run.move(deed);
    }

    /** Nothing was touched. */
    private void end(UpdateRun run, Update.State state, String reason) {
        Deed deed = run.deed().at(state, Optional.of(reason), clock.instant());
        LOG.warn("update {} ({}) of {} is refused: {}", deed.id(), deed.subject(), deed.by(), reason);
        try {
            desired.write(desired.now().ending(deed), state);
        } catch (IOException e) {
            LOG.error("the state cannot be written", e);
        }
        run.move(deed);
    }

    private boolean isStopping() {
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

    private static String reason(Exception failure) {
        return failure instanceof IOException
                ? "the state cannot be written: " + Reasons.of(failure)
                : String.valueOf(failure.getMessage());
    }

    /** The names of the bundles that nothing is put in the place of. */
    private static Set<String> gone(List<Swap> swaps) {
        return swaps.stream()
                .filter(swap -> swap.next().isEmpty())
                .map(swap -> swap.target().symbolicName())
                .collect(Collectors.toSet());
    }

    private static List<Bundle> next(List<Swap> swaps) {
        return swaps.stream().flatMap(swap -> swap.next().stream()).toList();
    }

    private static Set<String> files(UpdateRun run) {
        return run.targets().stream()
                .flatMap(target -> target.file().stream())
                .map(DroppedFile::name)
                .collect(Collectors.toSet());
    }

    private static String text(UpdateRun run, Swap swap) {
        String from = swap.target().file().map(file -> "deploy/" + file.name()).orElse("update " + run.id());
        if (swap.isFresh()) {
            return swap.target().jar().orElseThrow() + " from " + from + " runs"
                    + swap.old().map(old -> " in place of " + Swap.name(old)).orElse("");
        }
        return swap.old().map(Swap::name).orElse(swap.target().symbolicName()) + " is taken away"
                + swap.next().map(back -> ", " + Swap.name(back) + " is back").orElse("");
    }
}
