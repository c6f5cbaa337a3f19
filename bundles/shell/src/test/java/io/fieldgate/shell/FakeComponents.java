package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.promise.Promise;

/** Components in the states that a test has put them in. */
final class FakeComponents implements ServiceComponentRuntime {

    private final List<ComponentConfigurationDTO> components = new ArrayList<>();

    /** Adds a component that misses services of the types given. */
    FakeComponents with(String name, int state, String failure, String... missing) {
        ComponentConfigurationDTO component = new ComponentConfigurationDTO();
        component.description = new ComponentDescriptionDTO();
        component.description.name = name;
        component.state = state;
        component.failure = failure;
        component.unsatisfiedReferences = new UnsatisfiedReferenceDTO[missing.length];
        component.description.references = new ReferenceDTO[missing.length];
        for (int i = 0; i < missing.length; i++) {
            component.unsatisfiedReferences[i] = new UnsatisfiedReferenceDTO();
            component.unsatisfiedReferences[i].name = "$00" + i;
            component.description.references[i] = new ReferenceDTO();
            component.description.references[i].name = "$00" + i;
            component.description.references[i].interfaceName = missing[i];
        }
        components.add(component);
        return this;
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        return components.stream().map(component -> component.description).toList();
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        return components.stream()
                .filter(component -> component.description == description)
                .toList();
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        return true;
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }
}
