package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class ComponentReportTest {

    private static final String CONDITION = "org.osgi.service.condition.Condition";
    private static final Set<String> LATER = Set.of("io.fieldgate.ready");

    @Test
    void isSettledWhenAllAreSatisfied() {
        assertTrue(report(
                        component("a", ComponentConfigurationDTO.ACTIVE),
                        component("b", ComponentConfigurationDTO.SATISFIED))
                .settled());
    }

    @Test
    void doesNotWaitForAComponentThatNobodyConfigured() {
        assertTrue(report(component("a", ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION))
                .settled());
    }

    @Test
    void namesWhatAComponentWaitsFor() {
        ComponentConfigurationDTO component = component("a", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        lacks(component, "points", "io.fieldgate.api.gateway.Points", null);

        ComponentReport report = report(component);

        assertFalse(report.settled());
        assertEquals(List.of("a waits for io.fieldgate.api.gateway.Points"), report.waiting());
    }

    @Test
    void doesNotWaitForOneThatWaitsForReady() {
        ComponentConfigurationDTO component = component("a", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        lacks(component, "ready", CONDITION, "(osgi.condition.id=io.fieldgate.ready)");

        assertTrue(report(component).settled());
    }

    @Test
    void doesNotWaitForOneThatNeedsTheServiceOfOneThatWaitsForReady() {
        ComponentConfigurationDTO last = component("last", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        lacks(last, "middle", "test.Middle", null);
        ComponentConfigurationDTO middle =
                component("middle", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "test.Middle");
        lacks(middle, "port", "test.Port", null);
        ComponentConfigurationDTO port =
                component("port", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "test.Port");
        lacks(port, "ready", CONDITION, "(osgi.condition.id=io.fieldgate.ready)");

        assertTrue(report(last, middle, port).settled());
    }

    @Test
    void waitsForOneThatLacksSomethingElseBesidesReady() {
        ComponentConfigurationDTO component = component("a", ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        lacks(component, "ready", CONDITION, "(osgi.condition.id=io.fieldgate.ready)");
        lacks(component, "points", "io.fieldgate.api.gateway.Points", null);

        assertFalse(report(component).settled());
    }

    @Test
    void knowsWhichComponentWaitsForACondition() {
        ComponentConfigurationDTO port = component("port", ComponentConfigurationDTO.FAILED_ACTIVATION);
        lacks(port, "configurations", "org.osgi.service.cm.ConfigurationAdmin", null);
        port.description.references[0].target = "(osgi.condition.id=io.fieldgate.ready)";

        assertTrue(ComponentReport.waitsFor(port.description, "io.fieldgate.ready"));
        assertFalse(ComponentReport.waitsFor(port.description, "io.fieldgate.listening"));
    }

    @Test
    void saysWhyAComponentHasFailed() {
        ComponentConfigurationDTO component = component("a", ComponentConfigurationDTO.FAILED_ACTIVATION);
        component.failure = """
                java.lang.reflect.InvocationTargetException
                	at x
                Caused by: java.lang.IllegalArgumentException: height.m=-1 is not allowed
                	at y
                """;

        ComponentReport report = report(component);

        assertTrue(report.settled());
        assertEquals(
                List.of("a has failed: java.lang.IllegalArgumentException: height.m=-1 is not allowed"),
                report.failed());
    }

    private static ComponentReport report(ComponentConfigurationDTO... components) {
        return ComponentReport.of(List.of(components), LATER);
    }

    private static ComponentConfigurationDTO component(String name, int state, String... services) {
        ComponentConfigurationDTO component = new ComponentConfigurationDTO();
        component.description = new ComponentDescriptionDTO();
        component.description.name = name;
        component.description.serviceInterfaces = services;
        component.description.references = new ReferenceDTO[0];
        component.unsatisfiedReferences = new UnsatisfiedReferenceDTO[0];
        component.state = state;
        return component;
    }

    private static void lacks(ComponentConfigurationDTO component, String name, String type, String target) {
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = name;
        reference.interfaceName = type;
        UnsatisfiedReferenceDTO unsatisfied = new UnsatisfiedReferenceDTO();
        unsatisfied.name = name;
        unsatisfied.target = target;
        component.description.references = append(component.description.references, reference);
        component.unsatisfiedReferences = append(component.unsatisfiedReferences, unsatisfied);
    }

    private static <T> T[] append(T[] array, T last) {
        T[] longer = java.util.Arrays.copyOf(array, array.length + 1);
        longer[array.length] = last;
        return longer;
    }
}
