package io.fieldgate.installer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of components of a new bundle that do not work: one line a bundle, a round after its start, for services and
 * configurations need a moment to arrive. For one thread at a time.
 */
final class ComponentReport {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentReport.class);

    private final Supplier<Optional<ServiceComponentRuntime>> runtime;
    private final List<Bundle> started = new ArrayList<>();

    ComponentReport(Supplier<Optional<ServiceComponentRuntime>> runtime) {
        this.runtime = runtime;
    }

    /** Has a bundle looked at in the next report. */
    void expect(Bundle bundle) {
        started.add(bundle);
    }

    /** Looks at the bundles that have been started since the report before. */
    void report() {
        for (Bundle bundle : started) {
            String broken = runtime.get()
                    .map(components -> unsatisfied(components, bundle))
                    .orElse("");
            if (!broken.isEmpty()) {
                LOG.warn("{} runs, but not all of it: {}", bundle.getSymbolicName(), broken);
            }
        }
        started.clear();
    }

    private static String unsatisfied(ServiceComponentRuntime components, Bundle bundle) {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(description -> components.getComponentConfigurationDTOs(description).stream())
                .flatMap(ComponentReport::complaint)
                .collect(Collectors.joining("; "));
    }

    private static Stream<String> complaint(ComponentConfigurationDTO component) {
        return switch (component.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(component.description.name + " misses "
                        + Stream.of(component.unsatisfiedReferences)
                                .map(reference -> reference.name)
                                .collect(Collectors.joining(", ")));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Stream.of(component.description.name + " waits for its configuration");
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Stream.of(component.description.name + " failed: " + rootCause(String.valueOf(component.failure)));
            default -> Stream.empty();
        };
    }

    /** SCR gives the whole stack trace, with the cause that matters at its end. */
    private static String rootCause(String trace) {
        String marker = "Caused by: ";
        int last = trace.lastIndexOf(marker);
        return (last < 0 ? trace : trace.substring(last + marker.length()))
                .lines()
                .findFirst()
                .orElse("");
    }
}
