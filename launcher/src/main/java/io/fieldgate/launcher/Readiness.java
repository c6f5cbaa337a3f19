package io.fieldgate.launcher;

import io.fieldgate.api.gateway.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps between "all bundles are started" and "open for browsers". Each wait is bounded; when one runs out, the log says what
 * was missing and the start goes on, for a gateway that lacks a part is more use in the field than none.
 */
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private static final Set<String> LATER = Set.of(Gateway.READY, Gateway.LISTENING, Gateway.LISTENING_FAILED);
    private static final String INSTALLER = "io.fieldgate.installer";
    private static final long POLL_MS = 10;
    private static final long LOOK_MS = 200;

    /** Longer than {@code config} needs to take a configuration back that a component fails with. */
    private static final long FAILURE_MS = 3_000;

    /** Longer than the transport waits for a certificate that is being made; it says itself when that was in vain. */
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(100);

    private final BundleContext context;
    private final Set<String> shipped;
    private final Duration patience;
    private long soundNanos = System.nanoTime();

    Readiness(BundleContext context, List<ShippedBundle> shipped, Duration patience) {
        this.context = context;
        this.shipped = shipped.stream().map(ShippedBundle::symbolicName).collect(Collectors.toSet());
        this.patience = patience;
    }

    /** Waits until the installer has dealt with {@code deploy/}. */
    void awaitDeployed() throws InterruptedException {
        if (!shipped.contains(INSTALLER)) {
            LOG.info("no installer was shipped: deploy/ is not looked at");
        } else if (firstOf(() -> false, patience, Gateway.DEPLOYED).isEmpty()) {
            LOG.warn("the installer has not dealt with deploy/ within {} s; the start goes on", patience.toSeconds());
        }
    }

    /** Waits until each component of the shipped bundles is satisfied or has failed, and logs those that are not. */
    void awaitComponents() throws InterruptedException {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            LOG.error("Declarative Services are missing: no component can run");
            return;
        }
        ServiceComponentRuntime components = context.getService(reference);
        LongSupplier leftNanos = countdown(patience);
        ComponentReport report = report(components, component -> true);
        while (!report.settled() && leftNanos.getAsLong() > 0) {
            Thread.sleep(POLL_MS);
            report = report(components, component -> true);
        }
        report.failed().forEach(line -> LOG.error("{}", line));
        report.waiting().forEach(line -> LOG.error("{}, after {} s", line, patience.toSeconds()));
    }

    /**
     * Waits until the port is open.
     *
     * @return the address for a browser
     * @throws CommandFailure with the transport's reason if it cannot be opened
     */
    String awaitListening() throws CommandFailure, InterruptedException {
        soundNanos = System.nanoTime();
        ServiceReference<?> outcome = firstOf(
                        this::lastingFailure, PORT_PATIENCE, Gateway.LISTENING, Gateway.LISTENING_FAILED)
                .orElseThrow(() -> new CommandFailure(ExitStatus.FAILED, noPort()));
        if (Gateway.LISTENING_FAILED.equals(outcome.getProperty(Condition.CONDITION_ID))) {
            throw new CommandFailure(ExitStatus.FAILED, String.valueOf(outcome.getProperty("fieldgate.detail")));
        }
        return addressOf(outcome);
    }

    /**
     * Tells where the port is open, now and whenever it moves, for as long as the framework runs.
     *
     * @param address gets the address for a browser, on the thread that has opened the port
     */
    void onListening(Consumer<String> address) {
        new ServiceTracker<Condition, Condition>(context, filter(Gateway.LISTENING), null) {
            @Override
            public Condition addingService(ServiceReference<Condition> reference) {
                address.accept(addressOf(reference));
                return super.addingService(reference);
            }
        }.open();
    }

    private static String addressOf(ServiceReference<?> listening) {
        return String.valueOf(listening.getProperty("fieldgate.url"));
    }

    private String noPort() {
        return failedAtReady()
                .map(failure -> "no port was opened: " + failure)
                .orElse("no port was opened within " + PORT_PATIENCE.toSeconds() + " s; the log says more");
    }

    /** Whether what waited for READY has failed for so long that nobody mends it any more. */
    private boolean lastingFailure() {
        long now = System.nanoTime();
        if (failedAtReady().isEmpty()) {
            soundNanos = now;
        }
        return now - soundNanos > TimeUnit.MILLISECONDS.toNanos(FAILURE_MS);
    }

    /** The first of the components to have failed that waited for READY; the one that opens the port is among them. */
    private Optional<String> failedAtReady() {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        return reference == null
                ? Optional.empty()
                : report(context.getService(reference), component -> ComponentReport.waitsFor(component, Gateway.READY))
                        .failed()
                        .stream()
                        .findFirst();
    }

    private ComponentReport report(ServiceComponentRuntime components, Predicate<ComponentDescriptionDTO> wanted) {
        Bundle[] bundles = Stream.of(context.getBundles())
                .filter(bundle -> shipped.contains(bundle.getSymbolicName()))
                .toArray(Bundle[]::new);
        List<ComponentConfigurationDTO> configurations = components.getComponentDescriptionDTOs(bundles).stream()
                .filter(wanted)
                .filter(components::isComponentEnabled)
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .toList();
        return ComponentReport.of(configurations, LATER);
    }

    /** The first of some conditions to be registered, or nothing when patience runs out or it is in vain to wait. */
    private Optional<ServiceReference<Condition>> firstOf(BooleanSupplier vain, Duration limit, String... ids)
            throws InterruptedException {
        ServiceTracker<Condition, Condition> tracker = new ServiceTracker<>(context, filter(ids), null);
        tracker.open();
        try {
            LongSupplier leftNanos = countdown(limit);
            while (tracker.waitForService(LOOK_MS) == null && leftNanos.getAsLong() > 0 && !vain.getAsBoolean()) {
                // It looks again.
            }
            return Optional.ofNullable(tracker.getServiceReference());
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(String... ids) {
        String any = Stream.of(ids)
                .map(id -> "(" + Condition.CONDITION_ID + "=" + id + ")")
                .collect(Collectors.joining());
        try {
            return FrameworkUtil.createFilter(
                    "(&(" + Constants.OBJECTCLASS + "=" + Condition.class.getName() + ")(|" + any + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no filter can be made of " + any, e);
        }
    }

    private static LongSupplier countdown(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        return () -> end - System.nanoTime();
    }
}
