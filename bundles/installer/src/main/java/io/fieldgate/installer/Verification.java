package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateException.Reason;
import io.fieldgate.api.gateway.UpdateOptions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** The checks that a new bundle must pass before anything is touched, but for its signature and what it needs. */
final class Verification {

    private static final int NAMES_MAX = 5;

    private Verification() {}

    /**
     * Looks at a bundle by itself.
     *
     * @param current the bundle that it would take the place of
     * @param floor the version below which it must not be
     */
    static void verify(BundleFile next, Optional<Bundle> current, Optional<Version> floor, UpdateOptions options)
            throws UpdateException {
        if (next.fragment()) {
            throw new UpdateException(Reason.UNUSABLE, next + " is a fragment, which would restart its host");
        }
        if (next.singleton() && current.isPresent()) {
            throw new UpdateException(
                    Reason.UNUSABLE, next + " is a singleton, so it cannot be installed beside the one that runs");
        }
        if (current.filter(bundle -> bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID)
                .isPresent()) {
            throw new UpdateException(Reason.UNUSABLE, next + " is the framework itself; upgrade the distribution");
        }
        if (!options.allowsDowngrade()
                && floor.filter(version -> Versions.ORDER.compare(next.version(), version) < 0)
                        .isPresent()) {
            throw new UpdateException(
                    Reason.DOWNGRADE,
                    next + " is older than " + floor.get() + ", which runs; --allow-downgrade would let it in");
        }
    }

    /** Looks at who else would restart. */
    static void verify(List<Swap> swaps, Collection<Bundle> dependents, UpdateOptions options) throws UpdateException {
        if (dependents.isEmpty() || options.allowsRefresh()) {
            return;
        }
        String names = dependents.stream()
                .map(Bundle::getSymbolicName)
                .sorted()
                .distinct()
                .limit(NAMES_MAX)
                .collect(Collectors.joining(", "));
        String others = dependents.size() > NAMES_MAX ? " and " + (dependents.size() - NAMES_MAX) + " others" : "";
        String updated =
                swaps.stream().map(swap -> swap.target().symbolicName()).collect(Collectors.joining(", "));
        throw new UpdateException(
                Reason.REFRESH,
                "update of " + updated + " would restart " + names + others + "; --allow-refresh would let it");
    }

    /** The installer cannot be both replaced and restarted: nobody would be there to go on. */
    static void verifySelf(List<Swap> swaps, Collection<Bundle> dependents, Bundle self) throws UpdateException {
        boolean replaced =
                swaps.stream().anyMatch(swap -> swap.old().filter(self::equals).isPresent());
        if (replaced && !dependents.isEmpty()) {
            throw new UpdateException(
                    Reason.REFRESH,
                    self.getSymbolicName()
                            + " cannot be updated together with what others are wired to; update it after");
        }
    }
}
