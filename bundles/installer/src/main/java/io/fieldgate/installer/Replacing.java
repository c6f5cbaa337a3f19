package io.fieldgate.installer;

import io.fieldgate.api.gateway.Gateway;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/** Says that bundles are being replaced, so that their clients wait. */
final class Replacing {

    private Replacing() {}

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work<X extends Exception> {

        /** Does it. */
        void run() throws X;
    }

    /** Does something when those who serve for the bundles have let what is under way end, and new clients wait. */
    static <X extends Exception> void announce(BundleContext framework, Collection<Bundle> bundles, Work<X> work)
            throws X {
        ServiceRegistration<Condition> sign = begin(framework, bundles);
        try {
            work.run();
        } finally {
            if (framework.getBundle().getState() != Bundle.STOPPING) { // else the framework takes it away itself
                sign.unregister();
            }
        }
    }

    /** Begins to say so; the end is when the registration ends. */
    static ServiceRegistration<Condition> begin(BundleContext framework, Collection<Bundle> bundles) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, Gateway.REPLACING);
        properties.put(
                Gateway.REPLACED_BUNDLES,
                bundles.stream().map(Bundle::getBundleId).toArray(Long[]::new));
        return framework.registerService(Condition.class, Condition.INSTANCE, properties);
    }
}
