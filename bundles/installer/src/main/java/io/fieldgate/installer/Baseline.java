package io.fieldgate.installer;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;

/**
 * How all was before an update: nothing that was wrong then is held against it.
 *
 * @param active the symbolic names of the bundles that ran, by their numbers
 * @param components all components
 * @param red the health checks that were not OK
 */
record Baseline(Map<Long, String> active, ComponentStates components, Set<String> red) {

    Baseline {
        active = Map.copyOf(active);
        red = Set.copyOf(red);
    }

    /** The same without some bundles: nobody misses what the update takes away and puts nothing in the place of. */
    Baseline without(Collection<String> symbolicNames) {
        Map<Long, String> rest = active.entrySet().stream()
                .filter(bundle -> !symbolicNames.contains(bundle.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Baseline(rest, components.without(symbolicNames), red);
    }

    /** Tells whether a bundle of that name ran. */
    boolean ran(Bundle bundle) {
        return active.containsValue(bundle.getSymbolicName());
    }
}
