package io.fieldgate.installer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;

/** The checks that a new bundle must pass before anything is touched, in order; the first objection counts. */
final class Verification {

    private static final String API = "io.fieldgate.api";
    private static final int NAMES_MAX = 5;

    private final List<Check> checks = List.of(
            Verification::isNoFragment,
            Verification::isNotTheApi,
            Verification::canBeBeside,
            Verification::restartsNobody);

    /** One reason to refuse a bundle. */
    @FunctionalInterface
    interface Check {
        /**
         * Looks at a bundle.
         *
         * @param next the new bundle
         * @param current the bundle that it would take the place of, or empty if there is none
         * @throws DeployException if it must not be installed
         */
        void verify(BundleFile next, Optional<Bundle> current) throws DeployException;
    }

    /** Makes all checks. */
    void verify(BundleFile next, Optional<Bundle> current) throws DeployException {
        for (Check check : checks) {
            check.verify(next, current);
        }
    }

    private static void isNoFragment(BundleFile next, Optional<Bundle> current) throws DeployException {
        if (next.fragment()) {
            throw DeployException.passing("it is a fragment, which would restart its host");
        }
    }

    private static void isNotTheApi(BundleFile next, Optional<Bundle> current) throws DeployException {
        if (next.symbolicName().equals(API)) {
            throw DeployException.passing("update of " + API + " would restart every bundle; update the distribution");
        }
    }

    private static void canBeBeside(BundleFile next, Optional<Bundle> current) throws DeployException {
        if (next.singleton() && current.isPresent()) {
            throw DeployException.passing("it is a singleton, so it cannot be installed beside the one that runs");
        }
    }

    private static void restartsNobody(BundleFile next, Optional<Bundle> current) throws DeployException {
        Set<String> names = current.map(Inventory::dependents).orElse(Set.of());
        if (!names.isEmpty()) {
            String first = names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
            String others = names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " others" : "";
            throw DeployException.passing("update of " + next.symbolicName() + " would restart " + first + others);
        }
    }
}
