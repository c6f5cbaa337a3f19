package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Authenticator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests from what is being replaced, as {@link Gateway#REPLACING} says: lets those end that are under way, and has new ones wait.
 *
 * <p>Who serves which path is noted when the condition comes. What goes later though its bundle is not named, such as a servlet that needs
 * a service of one that is, counts as replaced from then on. Of a bundle that stands before all servlets, a preprocessor, a filter, a
 * context or the {@link Authenticator}, every request waits. For one of this bundle or of Felix HTTP none does: they close the port.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The condition comes on the installer's thread, which waits here for 2 s at most.
 */
@Component(service = Replacements.class)
public final class Replacements {

    private static final Logger LOG = LoggerFactory.getLogger(Replacements.class);

    /** How long requests under way are waited for, in all of one replacement. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private static final Set<String> BEFORE_ALL = Set.of(
            Preprocessor.class.getName(),
            "jakarta.servlet.Filter",
            ServletContextHelper.class.getName(),
            Authenticator.class.getName());

    private final BundleContext context;
    private final WaitingRoom room;
    private final Whiteboard whiteboard;
    private final Set<Long> port;

    // guarded by this, as all below
    private final Map<ServiceReference<?>, Replacement> conditions = new HashMap<>();
    private final Map<ServiceReference<?>, List<PathPattern>> known = new HashMap<>();
    private final Set<ServiceReference<?>> going = new HashSet<>();
    private List<PathPattern> handlers = List.of();
    private boolean all;
    private long drainedBy;

    /**
     * What one condition says.
     *
     * @param bundles that go
     * @param hook as long as they do
     */
    private record Replacement(Set<Long> bundles, ServiceRegistration<?> hook) {}

    /**
     * Begins with nothing that is replaced.
     *
     * @param context the bundle's
     * @param limits how many requests may wait
     */
    @Activate
    public Replacements(BundleContext context, @Reference Limits limits) {
        this.context = context;
        room = new WaitingRoom(limits);
        whiteboard = new Whiteboard(context);
        port = Set.of(
                context.getBundle().getBundleId(),
                FrameworkUtil.getBundle(ConnectorFactory.class).getBundleId());
    }

    /** Where requests wait. */
    WaitingRoom room() {
        return room;
    }

    /** Returns when what is under way has ended, or after 2 s. */
    @Reference(
            service = Condition.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + Condition.CONDITION_ID + "=" + Gateway.REPLACING + ")")
    void bindReplacing(ServiceReference<Condition> condition) {
        Set<Long> bundles = bundles(condition.getProperty(Gateway.REPLACED_BUNDLES));
        bundles.removeAll(port);
        if (bundles.isEmpty()) {
            return;
        }
        // A hook comes before every listener, and so before Felix HTTP lets go of a servlet.
        ServiceRegistration<?> hook =
                context.registerService(EventListenerHook.class, (event, listeners) -> hasChanged(event), null);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        synchronized (this) {
            conditions.put(condition, new Replacement(bundles, hook));
            drainedBy = deadline;
        }
        // From here on the hook notes what goes; what is there is looked up without a lock.
        List<PathPattern> left = whiteboard.handlers();
        Map<ServiceReference<?>, List<PathPattern>> found = whiteboard.serving();
        boolean first = bundles.stream().anyMatch(this::standsBeforeAll);
        synchronized (this) {
            handlers = left;
            found.forEach(known::putIfAbsent);
            found.keySet().stream().filter(this::isNamed).forEach(going::add);
            all |= first;
            show();
        }
        drain(deadline);
    }

    /** Those who have waited go on. */
    void unbindReplacing(ServiceReference<Condition> condition) {
        Optional<Replacement> over = remove(condition);
        over.ifPresent(replacement -> replacement.hook.unregister());
    }

    private synchronized Optional<Replacement> remove(ServiceReference<Condition> condition) {
        Replacement over = conditions.remove(condition);
        if (over != null && conditions.isEmpty()) {
            known.clear();
            going.clear();
            handlers = List.of();
            all = false;
            show();
        }
        return Optional.ofNullable(over);
    }

    /** Something is about to go; that it is to be waited for must be known before it does. */
    private void hasChanged(ServiceEvent event) {
        ServiceReference<?> service = event.getServiceReference();
        if (event.getType() != ServiceEvent.UNREGISTERING) {
            return;
        }
        Bundle bundle = service.getBundle();
        boolean first = bundle != null && !port.contains(bundle.getBundleId()) && standsBeforeAll(service);
        List<PathPattern> patterns = whiteboard.patterns(service);
        if (!first && patterns.isEmpty()) {
            return;
        }
        long deadline;
        synchronized (this) {
            if (conditions.isEmpty() || !going.add(service)) {
                return;
            }
            known.putIfAbsent(service, patterns);
            all |= first;
            deadline = drainedBy;
            show();
        }
        drain(deadline);
    }

    private void drain(long deadline) {
        if (!room.awaitPassed(deadline)) {
            LOG.warn("requests are still under way at what is being replaced; they are not waited for any longer");
        }
    }

    private boolean isNamed(ServiceReference<?> service) {
        Bundle bundle = service.getBundle();
        return bundle != null
                && conditions.values().stream()
                        .anyMatch(replacement -> replacement.bundles.contains(bundle.getBundleId()));
    }

    private void show() {
        List<PathPattern> gone = new ArrayList<>();
        List<PathPattern> staying = new ArrayList<>(handlers);
        known.forEach((service, patterns) -> (going.contains(service) ? gone : staying).addAll(patterns));
        room.follow(all ? Barrier.CLOSED : Barrier.of(gone, staying));
    }

    private boolean standsBeforeAll(long id) {
        Bundle bundle = context.getBundle(id);
        ServiceReference<?>[] services = bundle == null ? null : bundle.getRegisteredServices();
        return services != null && Stream.of(services).anyMatch(Replacements::standsBeforeAll);
    }

    private static boolean standsBeforeAll(ServiceReference<?> service) {
        return Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS)).anyMatch(BEFORE_ALL::contains);
    }

    private static Set<Long> bundles(Object value) {
        Set<Long> bundles = new HashSet<>();
        if (value instanceof Long[] several) {
            bundles.addAll(List.of(several));
        } else if (value instanceof Collection<?> several) {
            several.stream()
                    .filter(Long.class::isInstance)
                    .map(Long.class::cast)
                    .forEach(bundles::add);
        }
        return bundles;
    }
}
