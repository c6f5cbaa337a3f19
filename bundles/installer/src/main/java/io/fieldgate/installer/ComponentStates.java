package io.fieldgate.installer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * The components of the bundles that run, at one moment. They are known by the names of their bundle and their own, so that those of a new
 * version can be compared with those before.
 */
final class ComponentStates {

    private static final String CAUSE = "Caused by: ";

    private final Map<Name, State> states;

    private ComponentStates(Map<Name, State> states) {
        this.states = states;
    }

    /** Takes down how they are. */
    static ComponentStates of(ServiceComponentRuntime runtime) {
        Map<Name, State> states = new TreeMap<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            Name name = new Name(description.bundle.symbolicName, description.name);
            State state = State.of(name, description, runtime.getComponentConfigurationDTOs(description));
            states.merge(name, state, State::and);
        }
        return new ComponentStates(states);
    }

    /** For when nobody knows of any. */
    static ComponentStates none() {
        return new ComponentStates(Map.of());
    }

    /** What a component is called. */
    record Name(String bundle, String component) implements Comparable<Name> {

        @Override
        public int compareTo(Name other) {
            int byBundle = bundle.compareTo(other.bundle);
            return byBundle == 0 ? component.compareTo(other.component) : byBundle;
        }

        /** For people. */
        @Override
        public String toString() {
            return component.startsWith(bundle) ? component : component + " of " + bundle;
        }
    }

    /** What keeps a configuration of a component from serving. */
    enum Trouble {
        /** It could not be made. */
        FAILED,
        /** It lacks a service. */
        MISSES,
        /** It waits for its configuration. */
        WAITS
    }

    /** A trouble in words. */
    record Complaint(Trouble trouble, String text) {}

    /**
     * One component.
     *
     * @param satisfied how many configurations of it serve, or could
     * @param complaints what is wrong with the others
     */
    record State(int satisfied, List<Complaint> complaints) {

        private static State of(
                Name name, ComponentDescriptionDTO description, Collection<ComponentConfigurationDTO> configurations) {
            List<Complaint> complaints = new ArrayList<>();
            configurations.forEach(one -> complaint(name, description, one).ifPresent(complaints::add));
            return new State(configurations.size() - complaints.size(), List.copyOf(complaints));
        }

        private State and(State other) {
            return new State(
                    satisfied + other.satisfied,
                    Stream.concat(complaints.stream(), other.complaints.stream())
                            .toList());
        }

        /** What is wrong in one of these ways, in words. */
        List<String> complaints(Trouble... troubles) {
            return complaints.stream()
                    .filter(complaint -> Arrays.asList(troubles).contains(complaint.trouble))
                    .map(Complaint::text)
                    .toList();
        }
    }

    /** All of them, by name. */
    Map<Name, State> all() {
        return states;
    }

    /** The same without those of some bundles. */
    ComponentStates without(Collection<String> bundles) {
        return new ComponentStates(states.entrySet().stream()
                .filter(entry -> !bundles.contains(entry.getKey().bundle()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Optional<Complaint> complaint(
            Name name, ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE -> Optional.empty();
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of(new Complaint(Trouble.FAILED, name + " failed: " + rootCause(configuration.failure)));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                Optional.of(new Complaint(Trouble.WAITS, name + " waits for its configuration"));
            default -> // a state that is yet to be invented has something missing, too
                Optional.of(new Complaint(Trouble.MISSES, name + " misses " + missing(description, configuration)));
        };
    }

    private static String missing(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return Stream.of(configuration.unsatisfiedReferences)
                .map(reference ->
                        type(description, reference) + (reference.target == null ? "" : " with " + reference.target))
                .collect(Collectors.joining(", "));
    }

    private static String type(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO missing) {
        return Stream.of(description.references)
                .filter(reference -> reference.name.equals(missing.name))
                .map((ReferenceDTO reference) -> reference.interfaceName)
                .findFirst()
                .orElse(missing.name);
    }

    /** SCR gives the whole stack trace, with the cause that matters at its end. */
    private static String rootCause(String trace) {
        String whole = String.valueOf(trace);
        int last = whole.lastIndexOf(CAUSE);
        return whole.substring(last < 0 ? 0 : last + CAUSE.length())
                .lines()
                .findFirst()
                .orElse("");
    }
}
