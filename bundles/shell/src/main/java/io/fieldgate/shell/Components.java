package io.fieldgate.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Which components should work and do not. */
final class Components {

    private Components() {}

    /**
     * The components that lack a service or have failed. One that only has no configuration is not listed: most drivers and
     * bridges wait for theirs for ever.
     *
     * @return a line a component, by name
     */
    static List<String> unsatisfied(ServiceComponentRuntime runtime) {
        return runtime.getComponentDescriptionDTOs().stream()
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
                .flatMap(Components::complaint)
                .sorted()
                .toList();
    }

    private static Stream<String> complaint(ComponentConfigurationDTO component) {
        return switch (component.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(component.description.name + " misses "
                        + Stream.of(component.unsatisfiedReferences)
                                .map(reference -> service(component.description, reference.name))
                                .collect(Collectors.joining(", ")));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Stream.of(component.description.name + " failed: " + rootCause(component.failure));
            default -> Stream.empty();
        };
    }

    /** What a reference is to; its own name says nothing, SCR makes one up for a parameter of a constructor. */
    private static String service(ComponentDescriptionDTO component, String reference) {
        return Stream.of(component.references)
                .filter(candidate -> candidate.name.equals(reference))
                .map(candidate -> candidate.interfaceName)
                .findFirst()
                .orElse(reference);
    }

    /** SCR gives the whole stack trace, with the cause that matters at its end. */
    private static String rootCause(String trace) {
        if (trace == null) {
            return "";
        }
        String marker = "Caused by: ";
        int last = trace.lastIndexOf(marker);
        return (last < 0 ? trace : trace.substring(last + marker.length()))
                .lines()
                .findFirst()
                .orElse("");
    }
}
