package io.fieldgate.installer;

import io.fieldgate.api.gateway.InstalledBundle;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is installed, as the framework says it. */
final class Inventory {

    /** One that runs before one that does not, and then the newest. */
    private static final Comparator<Bundle> BEST_FIRST = Comparator.comparing(
                    (Bundle bundle) -> bundle.getState() != Bundle.ACTIVE)
            .thenComparing(Bundle::getVersion, Comparator.reverseOrder())
            .thenComparing(Bundle::getBundleId, Comparator.reverseOrder());

    private final BundleContext framework;
    private final Store store;

    Inventory(BundleContext framework, Store store) {
        this.framework = framework;
        this.store = store;
    }

    /** Where a jar of the store is installed from: it is read where it lies. */
    static String location(Path jar) {
        return "reference:" + jar.toUri();
    }

    /** Tells whether a bundle comes from the store. */
    boolean isStored(Bundle bundle) {
        return bundle.getLocation().startsWith(location(store.folder()));
    }

    /** The SHA-256 of the jar of a bundle that comes from the store, in hexadecimal. */
    String sha256(Bundle stored) {
        return Store.sha256(Path.of(stored.getLocation()));
    }

    /**
     * The bundles that come from the store, but those that hang in their start: they are uninstalled as soon as they let go, and must not be in
     * the way of others until then.
     */
    Stream<Bundle> stored() {
        return all().filter(this::isStored).filter(bundle -> bundle.getState() != Bundle.STARTING);
    }

    /** The bundle of a name that is part of the distribution, be it the framework itself, or empty if there is none. */
    Optional<Bundle> shipped(String symbolicName) {
        return named(symbolicName, all().filter(bundle -> !isStored(bundle)));
    }

    /** The bundle that a new one of the same name takes the place of: the one from the store, else the shipped one. */
    Optional<Bundle> current(String symbolicName) {
        return named(symbolicName, stored()).or(() -> shipped(symbolicName));
    }

    /** Tells whether a bundle of a name runs. */
    boolean runs(String symbolicName) {
        return all().anyMatch(bundle -> symbolicName.equals(name(bundle)) && bundle.getState() == Bundle.ACTIVE);
    }

    /** The names of the bundles that would restart besides those that are replaced, for they are wired to them. */
    Set<Bundle> dependents(Collection<Bundle> replaced) {
        return framework.getBundle().adapt(FrameworkWiring.class).getDependencyClosure(replaced).stream()
                .filter(bundle -> !replaced.contains(bundle))
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING)
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(Bundle::getBundleId))));
    }

    /** Each bundle but the framework, for people: by name, and of one name the one that runs first. */
    List<InstalledBundle> list(Desired desired, Predicate<String> onProbation) {
        return all().filter(bundle -> bundle.getBundleId() != 0)
                .sorted(Comparator.comparing(Inventory::name).thenComparing(BEST_FIRST))
                .<InstalledBundle>map(bundle -> describe(bundle, desired.layers(name(bundle)), onProbation))
                .toList();
    }

    private record Description(
            long id, String symbolicName, String version, Origin origin, State state, Optional<String> file)
            implements InstalledBundle {}

    private Description describe(Bundle bundle, Desired.Layers layers, Predicate<String> onProbation) {
        boolean stored = isStored(bundle);
        Optional<String> file = layers.dropped()
                .filter(dropped -> stored && dropped.version().sha256().equals(sha256(bundle)))
                .map(Desired.Dropped::file);
        boolean update = layers.update()
                .filter(version -> stored && version.sha256().equals(sha256(bundle)))
                .isPresent();
        boolean trial = stored && onProbation.test(name(bundle));
        return new Description(
                bundle.getBundleId(),
                name(bundle),
                bundle.getVersion().toString(),
                origin(stored, file.isPresent(), update || layers.dropped().isEmpty()),
                trial ? trial(bundle) : state(bundle),
                file);
    }

    private static InstalledBundle.Origin origin(boolean stored, boolean dropped, boolean updated) {
        if (!stored) {
            return InstalledBundle.Origin.SHIPPED;
        }
        return dropped || !updated ? InstalledBundle.Origin.DEPLOYED : InstalledBundle.Origin.UPDATED;
    }

    private static InstalledBundle.State trial(Bundle bundle) {
        InstalledBundle.State state = plainState(bundle);
        return state == InstalledBundle.State.RUNNING ? InstalledBundle.State.PROBATION : state;
    }

    /** A bundle that does not run while another of its name does was replaced by that. */
    private InstalledBundle.State state(Bundle bundle) {
        InstalledBundle.State state = plainState(bundle);
        boolean idle = state == InstalledBundle.State.STOPPED || state == InstalledBundle.State.UNRESOLVED;
        return idle
                        && current(name(bundle))
                                .filter(other -> !other.equals(bundle))
                                .isPresent()
                ? InstalledBundle.State.REPLACED
                : state;
    }

    private static InstalledBundle.State plainState(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> InstalledBundle.State.UNRESOLVED;
            case Bundle.STARTING -> InstalledBundle.State.STARTING;
            case Bundle.ACTIVE -> InstalledBundle.State.RUNNING;
            case Bundle.STOPPING -> InstalledBundle.State.STOPPING;
            default -> InstalledBundle.State.STOPPED;
        };
    }

    private static Optional<Bundle> named(String symbolicName, Stream<Bundle> bundles) {
        return bundles.filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .min(BEST_FIRST);
    }

    /** A bundle with an old manifest has no symbolic name. */
    static String name(Bundle bundle) {
        return bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    }

    private Stream<Bundle> all() {
        return Stream.of(framework.getBundles());
    }
}
