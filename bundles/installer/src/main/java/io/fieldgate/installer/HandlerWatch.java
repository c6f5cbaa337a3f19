package io.fieldgate.installer;

import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * What the sessions tell of the handlers of new bundles. Where there are no sessions, or those of another API than this bundle's, it finds
 * nothing wrong.
 */
final class HandlerWatch {

    private final BundleContext framework;
    private final int errorsMax;

    HandlerWatch(BundleContext framework, int errorsMax) {
        this.framework = framework;
        this.errorsMax = errorsMax;
    }

    /** The handlers of these bundles that have thrown too often. */
    List<String> failing(Collection<Bundle> bundles) {
        return handlers(bundles).stream()
                .filter(handler -> handler.errors() > errorsMax)
                .map(handler -> "the handler of " + handler.path() + " in " + handler.bundle() + " has failed "
                        + handler.errors() + " times, " + errorsMax + " are allowed")
                .toList();
    }

    /** The handlers of these bundles that do not come back from what they were called for. */
    List<String> overdue(Collection<Bundle> bundles) {
        return handlers(bundles).stream()
                .filter(handler -> handler.overdue() > 0)
                .map(handler -> "the handler of " + handler.path() + " in " + handler.bundle() + " blocks: "
                        + (handler.overdue() == 1 ? "a call does" : handler.overdue() + " calls do") + " not return")
                .toList();
    }

    /** Tells whether a session waits for a handler. */
    boolean anyoneWaits() {
        return ask(Sessions::sessions).stream().anyMatch(SessionInfo::parked);
    }

    private List<HandlerInfo> handlers(Collection<Bundle> bundles) {
        Set<String> names = bundles.stream()
                .map(bundle -> bundle.getSymbolicName() + ' ' + bundle.getVersion())
                .collect(Collectors.toSet());
        return ask(Sessions::handlers).stream()
                .filter(handler -> names.contains(handler.bundle()))
                .toList();
    }

    private <T> List<T> ask(Function<Sessions, List<T>> question) {
        try {
            ServiceReference<?>[] found = framework.getAllServiceReferences(Sessions.class.getName(), null);
            if (found == null) {
                return List.of();
            }
            Object service = framework.getService(found[0]);
            try {
                return service instanceof Sessions sessions ? question.apply(sessions) : List.of();
            } finally {
                framework.ungetService(found[0]);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
