package io.fieldgate.installer;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Interim. */
final class Probation {
    Probation(BundleContext framework, int errorsMax) {}

    record Baseline() {}

    record Verdict(List<String> fatal, List<String> pending) {}

    Baseline baseline() {
        return new Baseline();
    }

    Verdict look(Baseline before, Collection<Bundle> fresh) {
        return new Verdict(List.of(), List.of());
    }

    List<String> complaints(Predicate<Bundle> expected) {
        return List.of();
    }
}
