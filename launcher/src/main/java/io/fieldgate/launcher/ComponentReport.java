package io.fieldgate.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * How far the components are, from what Declarative Services says of them (OSGi Compendium 8.1, 112.10).
 *
 * <p>A component without its required configuration counts as at rest: nobody asked for it. One that waits for the gateway to be
 * ready, or for a service that only such a one offers, cannot be waited for, and counts as at rest too.
 *
 * @param waiting one line for each component that may still come
 * @param failed one line for each component that has failed
 */
record ComponentReport(List<String> waiting, List<String> failed) {

    /** What is at rest. */
    boolean settled() {
        return waiting.isEmpty();
    }

    /**
     * Looks at components.
     *
     * @param conditions ids of the conditions that come later
     */
    static ComponentReport of(Collection<ComponentConfigurationDTO> components, Set<String> conditions) {
        List<String> failed = components.stream()
                .filter(component -> component.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(component -> component.description.name + " has failed: " + cause(component.failure))
                .toList();
        List<ComponentConfigurationDTO> unsatisfied = new ArrayList<>(components.stream()
                .filter(component -> component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
                .toList());
        Set<String> late = new HashSet<>();
        while (unsatisfied.removeIf(component -> isLate(component, conditions, late))) {
            // One that is late makes others late: look again until nothing changes.
        }
        return new ComponentReport(
                unsatisfied.stream().map(ComponentReport::lacks).toList(), failed);
    }

    /** Tells whether a component waits for a condition. */
    static boolean waitsFor(ComponentDescriptionDTO component, String condition) {
        return Arrays.stream(component.references)
                .anyMatch(reference -> reference.target != null && reference.target.contains(condition));
    }

    private static boolean isLate(ComponentConfigurationDTO component, Set<String> conditions, Set<String> late) {
        for (UnsatisfiedReferenceDTO reference : component.unsatisfiedReferences) {
            boolean namesCondition =
                    reference.target != null && conditions.stream().anyMatch(reference.target::contains);
            if (!namesCondition && !late.contains(type(component.description, reference.name))) {
                return false;
            }
        }
        late.addAll(Arrays.asList(component.description.serviceInterfaces));
        return true;
    }

    private static String lacks(ComponentConfigurationDTO component) {
        List<String> references = Arrays.stream(component.unsatisfiedReferences)
                .map(reference -> type(component.description, reference.name)
                        + (reference.target == null ? "" : reference.target))
                .toList();
        return component.description.name + " waits for " + String.join(", ", references);
    }

    private static String type(ComponentDescriptionDTO component, String reference) {
        for (ReferenceDTO candidate : component.references) {
            if (candidate.name.equals(reference)) {
                return candidate.interfaceName;
            }
        }
        return reference;
    }

    /** The first line of the last cause: SCR wraps the constructor's exception in others. */
    private static String cause(String trace) {
        if (trace == null) {
            return "no reason given";
        }
        String marker = "Caused by: ";
        int last = trace.lastIndexOf(marker);
        return trace.substring(last < 0 ? 0 : last + marker.length())
                .lines()
                .findFirst()
                .orElse("no reason given");
    }
}
