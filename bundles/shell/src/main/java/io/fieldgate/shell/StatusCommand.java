package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;

/** Shell command {@code fg:status}. */
@Component(service = StatusCommand.class)
@GogoCommand(scope = "fg", function = "status")
public final class StatusCommand {

    private static final String STATUS = """
            fg:status
            Tells how the gateway is, a line for each subject: version, time since the
            start, addresses, whether other machines may be served, the certificate of
            TLS, files of etc/ to look at, bundles, an update under way, deploy/, drivers,
            points by quality, sessions, handlers, and the components that lack a service
            or have failed. More say fg:bundles, fg:history, fg:config, fg:devices,
            fg:points, fg:sessions, fg:handlers and fg:log.""";

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Slot<Sessions> sessions = new Slot<>("io.fieldgate.core");
    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");
    private final Slot<ServiceComponentRuntime> components = new Slot<>("org.apache.felix.scr");
    private final SecurityStatus security;
    private final BundleContext context;
    private final Clock clock;
    private final Instant started;

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     * @param security what there is to say of security
     */
    @Activate
    public StatusCommand(BundleContext context, @Reference SecurityStatus security) {
        this(
                context,
                security,
                Clock.systemUTC(),
                // Not when the process began: it may have been a shell that has built the gateway first.
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    StatusCommand(BundleContext context, SecurityStatus security, Clock clock, Instant started) {
        this.security = security;
        this.context = context;
        this.clock = clock;
        this.started = started;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service) {
        sessions.set(service);
    }

    void unbindSessions(Sessions service) {
        sessions.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindComponents(ServiceComponentRuntime service) {
        components.set(service);
    }

    void unbindComponents(ServiceComponentRuntime service) {
        components.clear(service);
    }

    /**
     * Tells how the gateway is.
     *
     * @param session who asks
     * @param arguments none
     * @return a line a subject
     * @throws Exception if the arguments are wrong
     */
    @Descriptor("tell how the gateway is")
    public String status(CommandSession session, @Descriptor(STATUS) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(STATUS).answer(arguments, given -> screen.fit(status()));
    }

    private Table status() {
        String version = context.getProperty(Gateway.VERSION);
        Table table = Table.ofNames()
                .row("version", version == null ? "unknown" : version)
                .row("up", Age.between(started, clock.instant()))
                .row("url", url());
        security.addTo(table).row("bundles", bundles());
        installer
                .get()
                .flatMap(service -> UpdateText.underWay(service.updates(), clock.instant()))
                .ifPresent(line -> table.row("updates", line));
        return table.row("deploy", said(installer, StatusCommand::failures))
                .row("drivers", said(points, StatusCommand::drivers))
                .row("points", said(points, StatusCommand::qualities))
                .row("sessions", said(sessions, StatusCommand::parked))
                .row("handlers", said(sessions, StatusCommand::paths))
                .row("components", said(components, StatusCommand::unsatisfied));
    }

    private static <T> String said(Slot<T> slot, Function<T, String> text) {
        return slot.get().map(text).orElseGet(() -> "unknown: " + slot.missing());
    }

    private String url() {
        try {
            for (ServiceReference<Condition> condition : conditions(Gateway.LISTENING)) {
                return condition.getProperty("fieldgate.urls") instanceof String[] urls
                        ? String.join(", ", urls)
                        : String.valueOf(condition.getProperty("fieldgate.url"));
            }
            for (ServiceReference<Condition> condition : conditions(Gateway.LISTENING_FAILED)) {
                return "not listening: " + condition.getProperty("fieldgate.detail");
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("the filter is a constant", e);
        }
        return "not listening";
    }

    private Collection<ServiceReference<Condition>> conditions(String id) throws InvalidSyntaxException {
        return context.getServiceReferences(Condition.class, '(' + Condition.CONDITION_ID + '=' + id + ')');
    }

    /** Without the framework, as fg:bundles has them. A fragment and a bundle that was replaced are not active and should not be. */
    private String bundles() {
        Set<Long> replaced = installer.get().map(Installer::bundles).orElse(List.of()).stream()
                .filter(bundle -> bundle.state() == InstalledBundle.State.REPLACED)
                .map(InstalledBundle::id)
                .collect(Collectors.toSet());
        int active = 0;
        List<String> others = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
                continue;
            }
            if (bundle.getState() == Bundle.ACTIVE) {
                active++;
            } else if (!fragment && !replaced.contains(bundle.getBundleId())) {
                others.add(bundle.getSymbolicName());
            }
        }
        return active + " active" + (others.isEmpty() ? "" : ", not active: " + String.join(", ", others));
    }

    private static String failures(Installer service) {
        int failed = service.failures().size();
        return failed == 0 ? "all files used" : failed + " not used, fg:bundles says why";
    }

    private static String drivers(Points service) {
        return service.drivers().stream().map(StatusCommand::driver).collect(listed());
    }

    private static String driver(DriverInfo driver) {
        String state = driver.state().name().toLowerCase(Locale.ROOT);
        return driver.id() + ' ' + state + (driver.detail().isEmpty() ? "" : " (" + driver.detail() + ')');
    }

    private static String qualities(Points service) {
        List<Sample> samples = service.latest(List.of(PointFilter.ALL), 0);
        String byQuality = samples.stream()
                .collect(Collectors.groupingBy(sample -> sample.quality().level(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getValue() + " " + count.getKey().id())
                .collect(Collectors.joining(", "));
        return samples.size() + (byQuality.isEmpty() ? "" : ": " + byQuality);
    }

    private static String parked(Sessions service) {
        List<SessionInfo> all = service.sessions();
        long parked = all.stream().filter(SessionInfo::parked).count();
        return all.size() + (parked == 0 ? "" : ", " + parked + " of them parked");
    }

    private static String paths(Sessions service) {
        return service.handlers().stream().map(HandlerInfo::path).distinct().collect(listed());
    }

    private static String unsatisfied(ServiceComponentRuntime service) {
        List<String> complaints = Components.unsatisfied(service);
        return complaints.isEmpty() ? "all satisfied" : String.join("; ", complaints);
    }

    private static Collector<CharSequence, ?, String> listed() {
        return Collectors.collectingAndThen(Collectors.joining(", "), text -> text.isEmpty() ? "none" : text);
    }
}
