package io.fieldgate.installer;

import io.fieldgate.api.gateway.InstalledBundle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What is installed, as the framework says it: the installer keeps no record of its own that could be wrong. */
final class Inventory {

    /** One that runs before one that does not, and then the newest. */
    private static final Comparator<Bundle> BEST_FIRST = Comparator.comparing(
                    (Bundle bundle) -> bundle.getState() != Bundle.ACTIVE)
            .thenComparing(Bundle::getVersion, Comparator.reverseOrder())
            .thenComparing(Bundle::getBundleId, Comparator.reverseOrder());

    private final BundleContext framework;

    Inventory(BundleContext framework) {
        this.framework = framework;
    }

    /** Tells whether a bundle comes from {@code deploy/}. */
    static boolean isDeployed(Bundle bundle) {
        return bundle.getLocation().startsWith(BundleFile.LOCATION);
    }

    /** The SHA-256 of a deployed bundle's jar, in hexadecimal. */
    static String sha256(Bundle deployed) {
        return deployed.getLocation().substring(deployed.getLocation().lastIndexOf('/') + 1);
    }

    /**
     * The bundles that come from {@code deploy/}, but those that hang in their start: they are uninstalled as soon as they let
     * go, and must not be in the way of others until then.
     */
    List<Bundle> deployed() {
        return all().filter(Inventory::isSettled).toList();
    }

    /** The deployed bundle of a name, or empty if there is none. */
    Optional<Bundle> deployed(String symbolicName) {
        return best(symbolicName, Inventory::isSettled);
    }

    /** The bundle of a name that is part of the distribution, be it the framework itself, or empty if there is none. */
    Optional<Bundle> shipped(String symbolicName) {
        return best(symbolicName, bundle -> !isDeployed(bundle));
    }

    /** The bundle that a new one of the same name takes the place of: the deployed one, else the shipped one. */
    Optional<Bundle> current(String symbolicName) {
        return deployed(symbolicName).or(() -> shipped(symbolicName));
    }

    /** The names of the bundles that are wired to a bundle, and would be restarted with it. */
    static Set<String> dependents(Bundle bundle) {
        Set<String> names = new TreeSet<>();
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null) {
            for (BundleWire wire : wiring.getProvidedWires(null)) {
                Bundle requirer = wire.getRequirer().getBundle();
                if (requirer.getBundleId() != bundle.getBundleId()) {
                    names.add(requirer.getSymbolicName());
                }
            }
        }
        return names;
    }

    /** Each bundle but the framework, for people. */
    List<InstalledBundle> list(Function<Bundle, Optional<String>> fileOf) {
        return all().filter(bundle -> bundle.getBundleId() != 0)
                .sorted(Comparator.comparing(Inventory::name)
                        .thenComparing(bundle -> !isDeployed(bundle))
                        .thenComparing(Bundle::getBundleId))
                .<InstalledBundle>map(bundle -> describe(bundle, fileOf.apply(bundle)))
                .toList();
    }

    private record Description(
            long id, String symbolicName, String version, Origin origin, State state, Optional<String> file)
            implements InstalledBundle {}

    private Description describe(Bundle bundle, Optional<String> file) {
        boolean deployed = isDeployed(bundle);
        return new Description(
                bundle.getBundleId(),
                name(bundle),
                bundle.getVersion().toString(),
                deployed ? InstalledBundle.Origin.DEPLOYED : InstalledBundle.Origin.SHIPPED,
                !deployed && deployed(name(bundle)).isPresent() ? replaced(bundle) : state(bundle),
                file);
    }

    private static InstalledBundle.State replaced(Bundle shipped) {
        InstalledBundle.State state = state(shipped);
        return state == InstalledBundle.State.STOPPED ? InstalledBundle.State.REPLACED : state;
    }

    private static InstalledBundle.State state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> InstalledBundle.State.UNRESOLVED;
            case Bundle.STARTING -> InstalledBundle.State.STARTING;
            case Bundle.ACTIVE -> InstalledBundle.State.RUNNING;
            case Bundle.STOPPING -> InstalledBundle.State.STOPPING;
            default -> InstalledBundle.State.STOPPED;
        };
    }

    private static boolean isSettled(Bundle bundle) {
        return isDeployed(bundle) && bundle.getState() != Bundle.STARTING;
    }

    private Optional<Bundle> best(String symbolicName, Predicate<Bundle> wanted) {
        return all().filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(wanted)
                .min(BEST_FIRST);
    }

    /** A bundle with an old manifest has no symbolic name. */
    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    }

    private Stream<Bundle> all() {
        return Stream.of(framework.getBundles());
    }
}
