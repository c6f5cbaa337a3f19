package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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

    private final BundleContext framework;
    private final Bundle self;
    private final DesiredFile desired;
    private final Inventory inventory;
    private final Activation activation;
    private final Activation.StartCheck check;
    private final Trial trial;
    private final Recovery recovery;
    private final Edges edges;
    private final Clock clock;
    private volatile boolean replacesItself;
    private boolean left;

    Engine(Parts parts, Clock clock) {
        framework = parts.framework();
        self = parts.self();
        desired = parts.desired();
        inventory = parts.inventory();
        activation = parts.activation();
        check = parts.check();
        trial = parts.trial();
        recovery = new Recovery(framework, desired, inventory, activation, clock);
        edges = parts.edges();
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
     * @param trial looks at bundles that run
     * @param edges is told of what the disk does not see
     */
    record Parts(
            BundleContext framework,
            Bundle self,
            DesiredFile desired,
            Inventory inventory,
            Activation activation,
            Activation.StartCheck check,
            Trial trial,
            Edges edges) {}

    /** Tells whether the installer's own bundle is being replaced now, or restarted. */
    boolean replacesItself() {
        return replacesItself;
    }

    /** Tells whether the rest is left to another installer, so that this one has nothing more to do. */
    boolean hasLeft() {
        return left;
    }

    /**
     * Runs an update to its end.
     *
     * @param interruption says why an update on probation must end before its time
     */
    void run(UpdateRun run, Trial.Interruption interruption) {
        Optional<String> unwanted = interruption.of(run);
        if (unwanted.isPresent()) {
            end(run, Update.State.REFUSED, unwanted.get());
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
            refreshed = inventory.dependents(olds(swaps));
            Verification.verify(swaps, refreshed, run.options());
            Verification.verifySelf(swaps, refreshed, self);
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
            replacesItself = left;
        }
    }

    private void attempt(
            UpdateRun run, List<Swap> swaps, Collection<Bundle> refreshed, Trial.Interruption interruption) {
        if (refreshed.contains(self)) {
            leave(run.id(), swaps, refreshed, olds(swaps));
            return;
        }
        Trial.Standard before = trial.before().without(gone(swaps));
        try {
            Replacing.<ActivationException>announce(framework, with(refreshed, olds(swaps)), () -> {
                activation.swap(swaps, refreshed, check);
                trial.settle(before, next(swaps));
            });
            prove(run, swaps, refreshed, before, interruption);
        } catch (ActivationException | IOException e) {
            rollBack(run, swaps, refreshed, before, reason(e), true);
        }
    }

    /**
     * Stops the old ones and has the framework restart those that are wired to them, this bundle too. What is left to do is left to the
     * installer that starts then; this thread does no more than to end.
     */
    private void leave(long id, List<Swap> swaps, Collection<Bundle> refreshed, List<Bundle> going) {
        List<String> complaints = trial.complaints();
        List<ServiceRegistration<?>> signs = new ArrayList<>();
        signs.add(Replacing.begin(framework, with(refreshed, going)));
        if (going.equals(olds(swaps))) {
            activation.stopOld(swaps);
            signs.add(activation.hideOthers(swaps));
        } else {
            activation.takeAway(swaps);
        }
        List<Long> ids = refreshed.stream().map(Bundle::getBundleId).toList();
        new Handover(id, swaps.stream().map(SwapText::write).toList(), ids, complaints, signs).leave(framework);
        left = true;
        activation.refresh(going);
    }

    /**
     * Goes on with what another installer has begun, if one has left something; rolls back what was cut off.
     *
     * @param begun the update that is under way, as the state has it
     */
    void goOn(Optional<UpdateRun> begun, Trial.Interruption interruption, Store store) {
        Optional<Handover> handover = Handover.take(framework);
        Optional<Deed> open = desired.now().open();
        if (handover.isPresent()
                && begun.filter(run -> run.id() == handover.get().update()).isPresent()) {
            resume(begun.get(), handover.get(), interruption, store);
        } else {
            open.ifPresent(recovery::cutOff);
            handover.ifPresent(rest -> rest.swaps().forEach(swap -> recovery.restore(SwapText.name(swap))));
            open.ifPresent(deed -> deed.parts().forEach(part -> recovery.restore(part.symbolicName())));
            handover.ifPresent(rest -> activation.wake(bundles(rest.refreshed())));
            handover.ifPresent(Handover::end);
        }
    }

    private List<Bundle> bundles(List<Long> ids) {
        return ids.stream().map(framework::getBundle).filter(Objects::nonNull).toList();
    }

    private void resume(UpdateRun run, Handover handover, Trial.Interruption interruption, Store store) {
        List<Swap> swaps = new ArrayList<>();
        List<Bundle> refreshed = bundles(handover.refreshed());
        Trial.Standard before = trial.before(handover.complaints());
        replacesItself = true;
        EagerClasses.load(self);
        try {
            for (Map<String, Object> swap : handover.swaps()) {
                swaps.add(SwapText.read(swap, store, framework));
            }
            activation.startNew(swaps, true, check);
            trial.settle(before, next(swaps));
            handover.end();
            prove(run, swaps, refreshed, before, interruption);
        } catch (ActivationException | UpdateException | IOException e) {
            handover.end();
            rollBack(run, swaps, refreshed, before, reason(e), true);
        } finally {
            replacesItself = left;
        }
    }

    private void prove(
            UpdateRun run,
            List<Swap> swaps,
            Collection<Bundle> refreshed,
            Trial.Standard before,
            Trial.Interruption interruption)
            throws IOException {
        swaps.forEach(swap -> LOG.info("{}", text(run, swap)));
        move(run, Update.State.PROBATION);
        edges.at("probation");
        Optional<String> objection = trial.objection(run, before, next(swaps), interruption);
        if (objection.isPresent()) {
            boolean wanted = interruption.of(run).isEmpty();
            rollBack(run, swaps, refreshed, before, objection.get(), wanted);
        } else if (!trial.isStopping()) {
            commit(run, swaps);
        }
    }

    private void commit(UpdateRun run, List<Swap> swaps) throws IOException {
        Deed deed = run.deed().at(Update.State.COMMITTED, Optional.empty(), clock.instant());
        Desired next = desired.now();
        for (Target target : swaps.stream().map(Swap::target).toList()) {
            next = next.with(target.symbolicName(), target.commit(next.layers(target.symbolicName())));
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
            Trial.Standard before,
            String reason,
            boolean wanted) {
        String said = "update " + run.deed().id() + " (" + run.deed().subject() + ") of "
                + run.deed().by() + " is rolled back: " + reason;
        if (wanted) {
            LOG.error("{}", said);
        } else {
            LOG.warn("{}", said);
        }
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
        if (refreshed.contains(self)) {
            run.move(deed);
            leave(run.id(), swaps, refreshed, next(swaps));
            return;
        }
        Replacing.<RuntimeException>announce(framework, with(refreshed, next(swaps)), () -> {
            activation.undo(swaps, refreshed);
            trial.settle(before, olds(swaps));
        });
        edges.at("rolled_back.undone");
        run.move(deed);
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

    private static List<Bundle> with(Collection<Bundle> some, Collection<Bundle> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<Bundle> olds(List<Swap> swaps) {
        return swaps.stream().flatMap(swap -> swap.old().stream()).toList();
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
