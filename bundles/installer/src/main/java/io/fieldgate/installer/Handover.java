package io.fieldgate.installer;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * What an installer leaves to its successor when the framework restarts its bundle in the middle of an update, because that is wired to a bundle
 * that is replaced. The two share no class of ours, so it is a map of Java's and the framework's objects, and a service of the framework.
 *
 * @param update the number of the update
 * @param swaps what was to take the place of what
 * @param refreshed the numbers of the bundles that were restarted
 * @param complaints what was wrong before
 * @param signs what is to be unregistered when the successors run
 */
record Handover(
        long update,
        List<Map<String, Object>> swaps,
        List<Long> refreshed,
        List<String> complaints,
        List<ServiceRegistration<?>> signs) {

    private static final String NAME = "io.fieldgate.installer.handover";

    /** Leaves it in the framework. */
    void leave(BundleContext framework) {
        Map<String, Object> left = new HashMap<>();
        left.put("update", update);
        left.put("swaps", swaps);
        left.put("refreshed", refreshed);
        left.put("complaints", complaints);
        left.put("signs", signs);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NAME, true);
        left.put("self", framework.registerService(Map.class, left, properties));
    }

    /** Takes what an installer before this one has left. */
    @SuppressWarnings("unchecked") // only leave() registers a service of that name
    static Optional<Handover> take(BundleContext framework) {
        try {
            for (@SuppressWarnings("rawtypes")
            ServiceReference<Map> reference : framework.getServiceReferences(Map.class, '(' + NAME + "=true)")) {
                Map<String, Object> left = framework.getService(reference);
                ((ServiceRegistration<?>) left.get("self")).unregister();
                return Optional.of(new Handover(
                        (Long) left.get("update"),
                        (List<Map<String, Object>>) left.get("swaps"),
                        (List<Long>) left.get("refreshed"),
                        (List<String>) left.get("complaints"),
                        (List<ServiceRegistration<?>>) left.get("signs")));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Optional.empty();
    }

    /** Takes the signs away, for the successors run. */
    void end() {
        signs.forEach(ServiceRegistration::unregister);
    }
}
