package io.fieldgate.installer;

import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps the resolver from wiring others to bundles that are about to go (OSGi Core 8, chapter 57). Without this, who could have a package from the
 * old or the new bundle might be given the old one.
 */
final class Hidden implements ResolverHook {

    private final Set<Long> hidden;

    private Hidden(Collection<Bundle> bundles) {
        hidden = bundles.stream().map(Bundle::getBundleId).collect(Collectors.toSet());
    }

    /** Hides bundles until the registration ends. */
    static ServiceRegistration<ResolverHookFactory> hide(BundleContext framework, Collection<Bundle> bundles) {
        Hidden hook = new Hidden(bundles);
        return framework.registerService(ResolverHookFactory.class, triggers -> hook, null);
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // They may be resolved themselves.
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
        // Two singletons of one name cannot both be resolved, whatever is hidden.
    }

    /** Without a lambda: it may be asked when the installer's own bundle has been refreshed, and the JVM could not link one then. */
    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (isHidden(requirement.getRevision())) {
            return;
        }
        for (Iterator<BundleCapability> all = candidates.iterator(); all.hasNext(); ) {
            if (isHidden(all.next().getRevision())) {
                all.remove();
            }
        }
    }

    private boolean isHidden(BundleRevision revision) {
        return hidden.contains(revision.getBundle().getBundleId());
    }

    @Override
    public void end() {
        // nothing to clear away
    }
}
