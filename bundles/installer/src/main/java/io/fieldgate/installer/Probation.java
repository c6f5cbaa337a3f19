package io.fieldgate.installer;

import io.fieldgate.installer.ComponentStates.Name;
import io.fieldgate.installer.ComponentStates.State;
import io.fieldgate.installer.ComponentStates.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Looks whether new bundles do their work, and all others still do theirs. What was wrong before an update is not held against it.
 *
 * <p>All services are asked for anew at each look, by the framework's own bundle context: what is on probation may be this bundle, or one of
 * those that it asks.
 *
 * <p><b>Threading.</b> {@link #baseline} and {@link #look} are for one thread, of one update after the other; {@link #complaints} is for any.
 */
final class Probation {

    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(10);

    /** A call that blocks is known as such after 5 s, and stopping its bundle may take 10 s; sessions wait for 30 s. */
    private static final Duration CLIENTS_WAIT = Duration.ofSeconds(8);

    private final BundleContext framework;
    private final HandlerWatch handlers;
    private final HealthChecks health;
    private final LongSupplier nanos;

    private Optional<Long> begun = Optional.empty();
    private Optional<Long> clientsWaitSince = Optional.empty();

    /**
     * Makes one for all updates to come.
     *
     * @param framework the context of the system bundle
     * @param errorsMax so often may a handler throw, 0 or more
     */
    Probation(BundleContext framework, int errorsMax) {
        this(framework, errorsMax, HEALTH_LIMIT, System::nanoTime);
    }

    Probation(BundleContext framework, int errorsMax, Duration healthLimit, LongSupplier nanos) {
        this.framework = framework;
        this.nanos = nanos;
        handlers = new HandlerWatch(framework, errorsMax);
        health = new HealthChecks(framework, healthLimit, nanos);
    }

    /** Takes down how all is before anything is touched. Waits for the health checks, 10 s at most. */
    Baseline baseline() {
        begun = Optional.empty();
        clientsWaitSince = Optional.empty();
        Map<Long, String> active = new HashMap<>();
        for (Bundle bundle : framework.getBundles()) {
            if (bundle.getState() == Bundle.ACTIVE && bundle.getSymbolicName() != null) {
                active.put(bundle.getBundleId(), bundle.getSymbolicName());
            }
        }
        return new Baseline(
                active,
                components().orElseGet(ComponentStates::none),
                health.ask().keySet());
    }

    /**
     * Looks at how all is now. Returns soon; health checks go on meanwhile, and their last answers count.
     *
     * @param before how it was; see {@link Baseline#without} for what goes for good
     * @param fresh the new bundles, started
     */
    Verdict look(Baseline before, Collection<Bundle> fresh) {
        long now = nanos.getAsLong();
        begun = begun.or(() -> Optional.of(now));
        Set<String> names = fresh.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
        List<String> fatal = new ArrayList<>();
        List<String> pending = new ArrayList<>(idle(before, fresh, names));
        Optional<ComponentStates> components = components();
        if (components.isPresent()) {
            compare(before.components(), components.get(), names, fatal, pending);
        } else if (!before.components().all().isEmpty()) {
            pending.add("nobody runs components any more");
        }
        fatal.addAll(handlers.failing(fresh));
        List<String> overdue = handlers.overdue(fresh);
        pending.addAll(overdue);
        boolean clientsWait = !overdue.isEmpty() || (!pending.isEmpty() && handlers.anyoneWaits());
        if (clientsWaitTooLong(clientsWait, now)) {
            fatal.add("clients have waited for " + CLIENTS_WAIT.toSeconds() + " s, for "
                    + (overdue.isEmpty() ? pending : overdue).get(0));
        }
        health.look(begun.get()).forEach((check, complaint) -> {
            if (!before.red().contains(check)) {
                pending.add(complaint);
            }
        });
        return new Verdict(fatal, pending);
    }

    /**
     * Says what is wrong now, whatever was before. Waits for the health checks, 10 s at most.
     *
     * @param expected which bundles should run
     * @return a line for each trouble
     */
    List<String> complaints(Predicate<Bundle> expected) {
        List<String> complaints = new ArrayList<>();
        List<Bundle> all =
                Arrays.stream(framework.getBundles()).filter(expected).toList();
        all.stream().filter(bundle -> !runs(bundle)).forEach(bundle -> complaints.add(name(bundle) + " does not run"));
        Set<String> names = all.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
        components()
                .ifPresent(components -> components.all().forEach((name, state) -> {
                    if (names.contains(name.bundle())) {
                        complaints.addAll(state.complaints(Trouble.FAILED, Trouble.MISSES));
                    }
                }));
        complaints.addAll(health.ask().values());
        return complaints;
    }

    private List<String> idle(Baseline before, Collection<Bundle> fresh, Set<String> names) {
        List<String> idle = new ArrayList<>();
        for (Bundle bundle : fresh) {
            if (before.ran(bundle) && !runs(bundle)) {
                idle.add(name(bundle) + " does not run");
            }
        }
        before.active().forEach((id, name) -> {
            Bundle bundle = framework.getBundle(id);
            if (!names.contains(name) && (bundle == null || bundle.getState() != Bundle.ACTIVE)) {
                idle.add((bundle == null ? name : name(bundle)) + " does not run any more");
            }
        });
        return idle;
    }

    private static void compare(
            ComponentStates before, ComponentStates now, Set<String> fresh, List<String> fatal, List<String> pending) {
        now.all().forEach((name, state) -> {
            boolean isFresh = fresh.contains(name.bundle());
            if (isFresh) {
                fatal.addAll(state.complaints(Trouble.FAILED));
            }
            State known = before.all().get(name);
            if (known == null) {
                pending.addAll(isFresh ? state.complaints(Trouble.MISSES) : List.of());
            } else if (state.satisfied() < known.satisfied()) {
                pending.addAll(worse(name, state, isFresh));
            }
        });
    }

    private static List<String> worse(Name name, State state, boolean isFresh) {
        if (state.complaints().isEmpty()) {
            return state.satisfied() > 0 ? List.of() : List.of(name + " is not there any more");
        }
        return isFresh
                ? state.complaints(Trouble.MISSES, Trouble.WAITS)
                : state.complaints(Trouble.FAILED, Trouble.MISSES, Trouble.WAITS);
    }

    private boolean clientsWaitTooLong(boolean clientsWait, long now) {
        clientsWaitSince = clientsWait ? clientsWaitSince.or(() -> Optional.of(now)) : Optional.empty();
        return clientsWaitSince
                .filter(since -> now - since >= CLIENTS_WAIT.toNanos())
                .isPresent();
    }

    private Optional<ComponentStates> components() {
        ServiceReference<?> reference = framework.getServiceReference(ServiceComponentRuntime.class.getName());
        if (reference == null) {
            return Optional.empty();
        }
        Object service = framework.getService(reference);
        try {
            return service instanceof ServiceComponentRuntime runtime
                    ? Optional.of(ComponentStates.of(runtime))
                    : Optional.empty();
        } finally {
            framework.ungetService(reference);
        }
    }

    /** A fragment has nothing to start, and one that starts lazily runs when it is needed. */
    private static boolean runs(Bundle bundle) {
        boolean lazy = Constants.ACTIVATION_LAZY.equals(bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY));
        return bundle.getState() == Bundle.ACTIVE
                || bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null
                || (bundle.getState() == Bundle.STARTING && lazy);
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }
}
