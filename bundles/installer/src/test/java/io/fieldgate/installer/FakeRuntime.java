package io.fieldgate.installer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.promise.Promise;

/** Components of many bundles, in the states that a test puts them in. */
final class FakeRuntime implements ServiceComponentRuntime {

    private final List<ComponentConfigurationDTO> configurations = new ArrayList<>();

    FakeRuntime active(String bundle, String component) {
        return add(bundle, component, ComponentConfigurationDTO.ACTIVE, "");
    }

    FakeRuntime failed(String bundle, String component, String trace) {
        return add(bundle, component, ComponentConfigurationDTO.FAILED_ACTIVATION, trace);
    }

    FakeRuntime unconfigured(String bundle, String component) {
        return add(bundle, component, ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION, "");
    }

    /** It has a reference of this name to {@code org.example.Pipe}, and nothing is there. */
    FakeRuntime missing(String bundle, String component, String reference) {
        add(bundle, component, ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "");
        ComponentConfigurationDTO added = configurations.get(configurations.size() - 1);
        ReferenceDTO declared = new ReferenceDTO();
        declared.name = reference;
        declared.interfaceName = "org.example.Pipe";
        added.description.references = new ReferenceDTO[] {declared};
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = reference;
        added.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        return this;
    }

    private FakeRuntime add(String bundle, String component, int state, String failure) {
        ComponentConfigurationDTO added = new ComponentConfigurationDTO();
        added.description = new ComponentDescriptionDTO();
        added.description.name = component;
        added.description.bundle = new BundleDTO();
        added.description.bundle.symbolicName = bundle;
        added.description.references = new ReferenceDTO[0];
        added.state = state;
        added.failure = failure;
        configurations.add(added);
        return this;
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        return configurations.stream().map(one -> one.description).toList();
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        return configurations.stream()
                .filter(one -> one.description == description)
                .toList();
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
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
