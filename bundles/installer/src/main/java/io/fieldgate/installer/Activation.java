package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts bundles in the place of others, and back. The new ones are installed and resolved beside the old ones before anything is stopped, so a new
 * one that hangs in its start cannot keep the old one from coming back; the old ones are stopped, in the end uninstalled.
 *
 * <p><b>Threading.</b> For one thread at a time, which may outlive the installer's own bundle: all is done by means of the framework's bundle
 * context, so the installer can be replaced by itself.
 */
final class Activation {

    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);
    private static final long REFRESH_S = 60;

    private static final Comparator<Bundle> START_ORDER =
            Comparator.comparingInt(Activation::startLevel).thenComparing(Bundle::getBundleId);

    private final BundleContext framework;
    private final Inventory inventory;
    private final BundleCall calls;
    private final Edges edges;

    Activation(BundleContext framework, Inventory inventory, BundleCall calls, Edges edges) {
        this.framework = framework;
        this.inventory = inventory;
        this.calls = calls;
        this.edges = edges;
    }

    /** Says whether a bundle that has started can stay. */
    @FunctionalInterface
    interface StartCheck {
        /** Looks at the bundle and throws if the old one must come back. */
        void verify(Bundle started) throws ActivationException;
    }

    /**
     * Installs and resolves the new bundles beside the old ones.
     *
     * @throws UpdateException if one cannot be installed or lacks something; nothing is left of them then
     */
    List<Swap> prepare(List<Target> targets) throws UpdateException {
        List<Swap> swaps = new ArrayList<>();
        try {
            for (Target target : targets) {
                Optional<Bundle> old = inventory.current(target.symbolicName());
                boolean ran =
                        old.filter(bundle -> bundle.getState() == Bundle.ACTIVE).isPresent();
                swaps.add(new Swap(target, old, ran, next(target)));
                edges.at("activating.installed");
            }
            resolve(swaps);
            return swaps;
        } catch (UpdateException e) {
            discard(fresh(swaps));
            throw e;
        }
    }

    private Optional<Bundle> next(Target target) throws UpdateException {
        if (target.jar().isEmpty()) {
            return inventory.shipped(target.symbolicName());
        }
        try {
            // Without a stream, by reference: the framework reads the jar in the store, and nothing else.
            return Optional.of(framework.installBundle(
                    Inventory.location(target.jar().get().jar())));
        } catch (BundleException e) {
            throw new UpdateException(
                    Reason.UNUSABLE, target.jar().get() + " is refused by the framework: " + Reasons.of(e), e);
        }
    }

    private void resolve(List<Swap> swaps) throws UpdateException {
        List<Bundle> fresh = fresh(swaps);
        ServiceRegistration<?> hidden = hideOthers(swaps);
        try {
            if (fresh.isEmpty() || wiring().resolveBundles(fresh)) {
                return;
            }
        } finally {
            hidden.unregister();
        }
        Requirements requirements = new Requirements(framework);
        List<String> missing = fresh.stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(bundle -> Swap.name(bundle) + " does not resolve: " + requirements.missing(bundle))
                .toList();
        throw new UpdateException(Reason.UNRESOLVED, String.join("; ", missing));
    }

    /** Gives up what {@link #prepare} has made. */
    void forget(List<Swap> swaps) {
        discard(fresh(swaps));
    }

    /**
     * Stops the old ones and starts the new ones.
     *
     * @param refreshed the bundles besides that are wired to the old ones, to be wired to the new ones
     * @throws ActivationException if a new one does not start; {@link #undo} puts things right
     */
    void swap(List<Swap> swaps, Collection<Bundle> refreshed, StartCheck check) throws ActivationException {
        stopOld(swaps);
        if (!refreshed.isEmpty()) {
            ServiceRegistration<?> hidden = hideOthers(swaps);
            refresh(olds(swaps));
            hidden.unregister();
        }
        startNew(swaps, !refreshed.isEmpty(), check);
    }

    /** Keeps the resolver from all bundles of the names but the new ones, until the registration ends. */
    ServiceRegistration<?> hideOthers(List<Swap> swaps) {
        return Hidden.hide(framework, others(swaps));
    }

    private List<Bundle> others(List<Swap> swaps) {
        List<Bundle> others = new ArrayList<>();
        for (Bundle bundle : framework.getBundles()) {
            for (Swap swap : swaps) {
                if (swap.target().symbolicName().equals(bundle.getSymbolicName())
                        && swap.next().filter(bundle::equals).isEmpty()) {
                    others.add(bundle);
                }
            }
        }
        return others;
    }

    /** Stops the old ones. */
    void stopOld(List<Swap> swaps) {
        inStopOrder(olds(swaps)).forEach(this::stopWell);
        edges.at("activating.stopped");
    }

    /** Starts the new ones, and sees to it that nobody holds on to the old ones. */
    void startNew(List<Swap> swaps, boolean refreshed, StartCheck check) throws ActivationException {
        List<Bundle> next = swaps.stream()
                .flatMap(swap -> swap.next().stream())
                .sorted(START_ORDER)
                .toList();
        for (Bundle bundle : next) {
            start(bundle);
            check.verify(bundle);
        }
        swaps.forEach(this::setLevel);
        if (refreshed) {
            refuseLeftBehind(others(swaps));
        }
        edges.at("activating.started");
    }

    /** Takes the new ones away; the old ones are not started. */
    void takeAway(List<Swap> swaps) {
        inStopOrder(swaps.stream().flatMap(swap -> swap.next().stream()).toList())
                .forEach(this::stopWell);
        discard(fresh(swaps));
    }

    /** Has a bundle run and all others of its name not, and those that are wired to the others wired to it. */
    void run(Optional<Bundle> wanted, List<Bundle> others) {
        List<Bundle> active = others.stream()
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE || inventory.isStored(bundle))
                .toList();
        Collection<Bundle> dependents = inventory.dependents(active);
        inStopOrder(active).forEach(this::stopWell);
        discard(active.stream().filter(inventory::isStored).toList());
        if (!dependents.isEmpty()) {
            refresh(active);
        }
        wake(wanted.stream().toList());
    }

    /** Takes the new ones away and starts the old ones again. Nobody waits for a new one that hangs. */
    void undo(List<Swap> swaps, Collection<Bundle> refreshed) {
        List<Bundle> next = swaps.stream().flatMap(swap -> swap.next().stream()).toList();
        List<Bundle> hanging = next.stream().filter(Activation::hangs).toList();
        hanging.forEach(calls::uninstallLater);
        for (Bundle bundle : inStopOrder(next)) {
            if (!hanging.contains(bundle)) {
                stopWell(bundle);
            }
        }
        discard(fresh(swaps).stream()
                .filter(bundle -> !hanging.contains(bundle))
                .toList());
        if (!refreshed.isEmpty()) {
            refresh(next);
        }
        wake(Stream.concat(swaps.stream().filter(Swap::ran).flatMap(swap -> swap.old().stream()), refreshed.stream())
                .toList());
    }

    /** Starts those of some bundles that do not run. */
    void wake(Collection<Bundle> bundles) {
        bundles.stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED)
                .sorted(START_ORDER)
                .forEach(this::restart);
    }

    /** Uninstalls the old ones, but those that were shipped, which stay so that they can come back. */
    void finish(List<Swap> swaps) {
        discard(olds(swaps).stream().filter(inventory::isStored).toList());
    }

    /** One that throws has stopped all the same (OSGi Core 8, 10.1.4.23); one that hangs must be possible to replace, too. */
    private void stopWell(Bundle bundle) {
        try {
            calls.stop(bundle);
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} did not stop well: {}", Swap.name(bundle), Reasons.of(e));
        }
    }

    private static boolean hangs(Bundle bundle) {
        return bundle.getState() == Bundle.STARTING || bundle.getState() == Bundle.STOPPING;
    }

    private void start(Bundle next) throws ActivationException {
        try {
            calls.start(next);
        } catch (BundleException e) {
            throw new ActivationException(Swap.name(next) + " does not start: " + Reasons.of(e), e);
        } catch (TimeoutException e) {
            throw new ActivationException(Swap.name(next) + " does not start: " + e.getMessage(), e);
        }
    }

    private void restart(Bundle old) {
        try {
            calls.start(old);
        } catch (BundleException | TimeoutException e) {
            LOG.error("{} does not come back: {}", Swap.name(old), Reasons.of(e));
        }
    }

    private void discard(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            try {
                calls.uninstall(bundle);
            } catch (BundleException | TimeoutException e) {
                LOG.error("{} stays until the next start: {}", Swap.name(bundle), Reasons.of(e));
            }
        }
    }

    /**
     * Has those that are wired to bundles wired anew; they restart. The installer may be among them: nothing may come after this then that the JVM
     * links only when it comes to it.
     */
    void refresh(Collection<Bundle> bundles) {
        CountDownLatch done = new CountDownLatch(1);
        wiring().refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        try {
            if (!done.await(REFRESH_S, TimeUnit.SECONDS)) {
                LOG.error("the bundles that are wired to {} have not restarted after {} s", bundles, REFRESH_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who would hold on to an old bundle could not start again once that is gone. */
    private void refuseLeftBehind(Collection<Bundle> olds) throws ActivationException {
        String left = String.join(
                ", ", inventory.dependents(olds).stream().map(Swap::name).toList());
        if (!left.isEmpty()) {
            throw new ActivationException(left + " cannot do without the version before", null);
        }
    }

    /** Once it runs: the framework's start level thread looks at the bundle then, and would wait for one that hangs. */
    private void setLevel(Swap swap) {
        int level = swap.old()
                .map(Activation::startLevel)
                .orElseGet(() ->
                        framework.getBundle().adapt(FrameworkStartLevel.class).getStartLevel());
        if (level > 0 && swap.isFresh()) {
            swap.next().ifPresent(bundle -> bundle.adapt(BundleStartLevel.class).setStartLevel(level));
        }
    }

    private FrameworkWiring wiring() {
        return framework.getBundle().adapt(FrameworkWiring.class);
    }

    private static List<Bundle> fresh(List<Swap> swaps) {
        return swaps.stream()
                .filter(Swap::isFresh)
                .flatMap(swap -> swap.next().stream())
                .toList();
    }

    private static List<Bundle> olds(List<Swap> swaps) {
        return swaps.stream().flatMap(swap -> swap.old().stream()).toList();
    }

    private static List<Bundle> inStopOrder(Collection<Bundle> bundles) {
        return bundles.stream().sorted(START_ORDER.reversed()).toList();
    }

    private static int startLevel(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }
}
