package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfirmedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;
import org.osgi.util.promise.Promises;

/** One component that takes one PID. */
final class FakeComponents implements ServiceComponentRuntime {

    private final ComponentConfigurationDTO component = new ComponentConfigurationDTO();
    private final List<String> changes = new ArrayList<>();

    FakeComponents(String pid) {
        component.description = new ComponentDescriptionDTO();
        component.description.configurationPid = new String[] {pid};
        component.description.properties = Map.of();
        component.properties = Map.of();
        component.state = ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION;
    }

    /** Marks keys of its configuration. */
    void confirm(String... keys) {
        component.description.properties = Map.of(ConfirmedKeys.NAME, keys);
    }

    void show(int state, String pid, Map<String, Object> values) {
        component.state = state;
        component.properties = new HashMap<>(values);
        component.properties.put("service.pid", pid);
    }

    void fail(String pid, Map<String, Object> values, String failure) {
        show(ComponentConfigurationDTO.FAILED_ACTIVATION, pid, values);
        component.failure = failure;
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        return List.of(component.description);
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        return List.of(component);
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }

    /** What was done to the component. */
    List<String> changes() {
        return changes;
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
        changes.add("enabled");
        component.state = ComponentConfigurationDTO.ACTIVE;
        return Promises.resolved(null);
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
        changes.add("disabled");
        return Promises.resolved(null);
    }
}
