package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfirmedKeys;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what has become of a component since its configuration changed, and starts anew one that was left behind. */
final class ComponentProbe {

    /** What can be seen. */
    enum State {
        /** Neither of the others, or not yet. */
        OPEN,
        RUNNING,
        FAILED
    }

    /**
     * One look.
     *
     * @param reason why it has failed, in one line; empty if it has not
     */
    record Sight(State state, String reason) {

        static final Sight OPEN = new Sight(State.OPEN, "");
    }

    /** How long a restart is waited for; it goes on afterwards. */
    static final long RESTART_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(ComponentProbe.class);

    private final ServiceComponentRuntime components;

    /** By PID; as many as there are PIDs with such keys. Bundles that are not started have no descriptions. */
    private final Map<String, Set<String>> confirmedKeys = new ConcurrentHashMap<>();

    ComponentProbe(ServiceComponentRuntime components) {
        this.components = components;
    }

    /** Looks once. A component that does not show the new values yet is not counted. */
    Sight look(Target target, Map<String, Object> values) {
        List<ComponentConfigurationDTO> found = declared(target)
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(component -> shows(component, target.pid(), values))
                .toList();
        Optional<Sight> failed = found.stream()
                .filter(component -> component.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(component -> new Sight(State.FAILED, cause(component.failure)))
                .findFirst();
        boolean running = found.stream().anyMatch(component -> component.state == ComponentConfigurationDTO.ACTIVE);
        return failed.orElse(running ? new Sight(State.RUNNING, "") : Sight.OPEN);
    }

    /**
     * Begins the component anew if it still stands as failed. Declarative Services leave one that failed with a configuration as it
     * is when that is deleted. Waits for at most {@value #RESTART_MS} ms; called without a lock, for it runs the component's code.
     */
    void restartFailed(Target target) throws InterruptedException {
        List<ComponentDescriptionDTO> failed = declared(target)
                .filter(component -> components.getComponentConfigurationDTOs(component).stream()
                        .anyMatch(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION))
                .toList();
        CountDownLatch enabled = new CountDownLatch(failed.size());
        for (ComponentDescriptionDTO component : failed) {
            // Chained, so that it is enabled again even if nobody waits any more.
            components
                    .disableComponent(component)
                    .onResolve(() -> components.enableComponent(component).onResolve(enabled::countDown));
        }
        if (!enabled.await(RESTART_MS, TimeUnit.MILLISECONDS)) {
            LOG.warn("{} has not started again with its defaults within {} ms", target.pid(), RESTART_MS);
        }
    }

    /** The keys whose change waits to be confirmed; of a bundle that is not started now, those it had before. */
    Set<String> confirmedKeys(Target target) {
        if (isStarted(target)) {
            confirmedKeys.put(
                    target.base(),
                    declared(target)
                            .map(component -> component.properties.get(ConfirmedKeys.NAME))
                            .filter(String[].class::isInstance)
                            .flatMap(keys -> Stream.of((String[]) keys))
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return confirmedKeys.getOrDefault(target.base(), Set.of());
    }

    private Stream<ComponentDescriptionDTO> declared(Target target) {
        return components.getComponentDescriptionDTOs(target.bundle()).stream()
                .filter(component -> List.of(component.configurationPid).contains(target.base()));
    }

    /** Whether the component can have begun: before its bundle is started there is nothing to see. */
    boolean isStarted(Target target) {
        return target.bundle().getState() == Bundle.ACTIVE;
    }

    private static boolean shows(ComponentConfigurationDTO component, String pid, Map<String, Object> values) {
        return pids(component.properties.get("service.pid")).contains(pid)
                && values.entrySet().stream()
                        .allMatch(entry -> equal(entry.getValue(), component.properties.get(entry.getKey())));
    }

    /** A component that takes several PIDs has a list of them. */
    private static Collection<?> pids(Object value) {
        if (value instanceof Collection<?> several) {
            return several;
        }
        return value instanceof Object[] several ? Arrays.asList(several) : Arrays.asList(value);
    }

    private static boolean equal(Object wanted, Object shown) {
        return Objects.deepEquals(wanted, shown);
    }

    /** The last cause, without the class of the most usual one, for its message is written for the user. */
    static String cause(String trace) {
        if (trace == null) {
            return "no reason given";
        }
        String marker = "Caused by: ";
        int last = trace.lastIndexOf(marker);
        return trace.substring(last < 0 ? 0 : last + marker.length())
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^java\\.lang\\.IllegalArgumentException: ", "");
    }
}
