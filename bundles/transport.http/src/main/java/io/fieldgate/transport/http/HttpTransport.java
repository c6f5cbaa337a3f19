package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.RequestLog;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's port. It opens last, when the gateway is ready and everything is served, and says so with the condition
 * {@link Gateway#LISTENING}, or with {@link Gateway#LISTENING_FAILED}.
 *
 * <p>A change of the configuration restarts nothing: rules count from the next request on; another address is opened before
 * the old one is closed to new clients, and those that are connected stay. When the component goes, Jetty stops, and is waited for.
 */
@Component(
        service = {},
        configurationPid = HttpTransport.PID)
@Designate(ocd = HttpTransport.Config.class)
public final class HttpTransport {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate HTTP port")
    public @interface Config {

        /**
         * Where to listen.
         *
         * @return a name or an IP address of this machine; other than loopback only with TLS and a login
         */
        @AttributeDefinition(description = "Where to listen; elsewhere than on loopback only with TLS and a login")
        String host() default "127.0.0.1";

        /**
         * The port.
         *
         * @return 0 to 65535; 0 for any that is free
         */
        @AttributeDefinition(description = "The port; 0 for any that is free", min = "0", max = "65535")
        int port() default 8080;

        /**
         * Whether to speak TLS.
         *
         * @return false for plain HTTP
         */
        @AttributeDefinition(description = "Whether to speak TLS; the certificate is that of io.fieldgate.security.tls")
        boolean tls() default false;

        /**
         * A plain port beside the one that speaks TLS, which sends everybody there.
         *
         * @return 0 to 65535; 0 for any that is free, -1 for none
         */
        @AttributeDefinition(
                description = "A plain port that sends everybody to the one with TLS; -1 for none",
                min = "-1",
                max = "65535")
        int redirect_port() default Speech.Tls.NO_PORT;

        /**
         * How long browsers are to use nothing but TLS for a name that they have met it under.
         *
         * @return seconds; 0 to say nothing of it
         */
        @AttributeDefinition(
                description = "How long browsers are to insist on TLS, in seconds; 0 to say nothing of it",
                min = "0",
                max = "2147483647")
        int hsts_s() default 31_536_000;

        /**
         * Which paths are served at this address.
         *
         * @return such as /live or /tools/*
         */
        @AttributeDefinition(description = "Which paths are served at this address, such as /live or /tools/*")
        String[] paths() default {"/*"};

        /**
         * What a user may do who gives no credentials.
         *
         * @return viewer, operator or admin; none for nobody is let in without
         */
        @AttributeDefinition(
                description =
                        "What a user on this machine may do who gives no credentials: viewer, operator, admin or none",
                options = {
                    @Option(label = "viewer", value = "viewer"),
                    @Option(label = "operator", value = "operator"),
                    @Option(label = "admin", value = "admin"),
                    @Option(label = "none", value = "none")
                })
        String loopback_role() default "viewer";

        /**
         * Origins besides the gateway's own whose pages may use it.
         *
         * @return origins, each with its scheme
         */
        @AttributeDefinition(description = "Origins besides the gateway's own whose pages may use it")
        String[] origins_allowed() default {};

        /**
         * Names besides localhost that the gateway goes by.
         *
         * @return host names without a port
         */
        @AttributeDefinition(description = "Names besides localhost that the gateway goes by")
        String[] hosts_allowed() default {};

        /**
         * Which role a path needs; the first rule that matches counts.
         *
         * @return such as /tools/* operator, or PUT /api/points/* admin
         */
        @AttributeDefinition(description = "Which role a path needs, such as /tools/* operator; the first counts")
        String[] access() default {};

        /**
         * Proxies that are believed when they tell who their client is.
         *
         * @return addresses, such as 10.0.0.0/8; unix for those at a Unix domain socket
         */
        @AttributeDefinition(
                description =
                        "Proxies that are believed when they tell who their client is: addresses, 10.0.0.0/8, unix")
        String[] proxies() default {};

        /**
         * Silence after which a connection is closed that waits for a request.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Silence after which a connection is closed that waits for a request, in seconds",
                min = "1",
                max = "3600")
        int idle_s() default 60;

        /**
         * The largest head of a request.
         *
         * @return bytes
         */
        @AttributeDefinition(description = "The largest head of a request, in bytes", min = "1024", max = "65536")
        int header_max_bytes() default 8192;

        /**
         * The most threads that serve.
         *
         * @return a number of threads
         */
        @AttributeDefinition(description = "The most threads that serve", min = "4", max = "256")
        int threads_max() default 8;

        /**
         * How many connections may wait to be accepted.
         *
         * @return a number of connections
         */
        @AttributeDefinition(description = "How many connections may wait to be accepted", min = "1", max = "4096")
        int backlog() default 1024;
    }

    static final String PID = "io.fieldgate.transport.http";

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final String FELIX_PID = "org.apache.felix.http";

    /** How long Jetty may take to stop: more than the transports give their clients, less than the whole gateway has. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    /** Felix must believe that it listens, and must never take notice of a change of ours: that would restart Jetty. */
    private static final Map<String, String> FELIX = Map.of(
            "org.apache.felix.http.enable", "true",
            "org.apache.felix.https.enable", "false",
            "org.apache.felix.http.host", "127.0.0.1",
            "org.osgi.service.http.port", "*",
            "org.apache.felix.http.jetty.acceptors", "0",
            "org.apache.felix.http.jetty.selectors", "1",
            "org.apache.felix.http.jetty.threadpool.max", "8",
            "org.apache.felix.http.path_exclusions", "/none");

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final Gatekeeper gatekeeper;
    private final Cloakroom cloakroom;
    private final Seats seats;
    private final Listening listening;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** Where the configuration says to listen. Declarative Services call one method at a time. */
    private volatile Address configured;

    /**
     * Asks Felix for Jetty. The port opens when everything is served.
     *
     * @param context the bundle's
     * @param ready says that the gateway is ready
     * @param configurations where Felix looks for its configuration
     * @param limits of clients
     * @param security knows who somebody is
     * @param bodies how large they may be
     * @param replacements keeps requests from what is being replaced
     * @param permit says where to listen
     * @param config the configuration
     */
    @Activate
    public HttpTransport(
            BundleContext context,
            @Reference(target = "(" + Condition.CONDITION_ID + "=" + Gateway.READY + ")") Condition ready,
            @Reference ConfigurationAdmin configurations,
            @Reference Limits limits,
            @Reference SecurityServices security,
            @Reference ServletBodies bodies,
            @Reference Replacements replacements,
            @Reference ListenPermit permit,
            Config config) {
        this.context = context;
        this.configurations = configurations;
        configured = new Address(config.host(), config.port());
        Terms terms = terms(context, config);
        OwnPorts ports = new OwnPorts();
        Rules rules = rules(config);
        gatekeeper = new Gatekeeper(ports, new Rates(limits), security, replacements.room(), rules);
        cloakroom = new Cloakroom(rules.proxies());
        seats = new Seats(limits);
        seats.except(rules.proxies()::trust);
        Anchor anchor = new Anchor(
                terms.limits().threadsMax(),
                seats,
                cloakroom,
                () -> new BodyIntake(limits, bodies, replacements.room()));
        listening = new Listening(anchor, new Announcement(context), ports, permit, terms);
        Hashtable<String, Object> ranking = new Hashtable<>();
        ranking.put(Constants.SERVICE_RANKING, Gatekeeper.RANKING);
        registrations.add(context.registerService(Preprocessor.class, gatekeeper, ranking));
        Hashtable<String, Object> next = new Hashtable<>();
        next.put(Constants.SERVICE_RANKING, UserSeats.RANKING);
        registrations.add(context.registerService(Preprocessor.class, new UserSeats(limits), next));
        registrations.add(context.registerService(ConnectorFactory.class, anchor, null));
        try {
            felix().updateIfDifferent(new Hashtable<>(FELIX));
        } catch (IOException e) {
            registrations.forEach(ServiceRegistration::unregister);
            throw new IllegalStateException("the configuration of Felix HTTP could not be stored", e);
        }
    }

    /** Opens the ports as soon as everything is served; by now the further listeners are known. */
    @Activate
    void start() {
        listening.await();
        registrations.add(context.registerService(
                RequestLog.class, new ServingSign(listening::servingBegins, listening::servingEnds), null));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(HttpListener listener, Map<String, Object> properties) {
        listener.terms().ifPresent(terms -> listening.follow(pid(properties), terms));
    }

    void updatedListener(HttpListener listener, Map<String, Object> properties) {
        bindListener(listener, properties);
    }

    void unbindListener(HttpListener listener, Map<String, Object> properties) {
        listening.remove(pid(properties));
    }

    private static String pid(Map<String, Object> properties) {
        return String.valueOf(properties.get(Constants.SERVICE_PID));
    }

    /** Follows another configuration, or none of it; it is {@link SettingsCheck} that fails with a bad one, and says so. */
    @Modified
    void modified(Config config) {
        try {
            Terms terms = terms(context, config);
            Rules rules = rules(config);
            mentionCommandLine(new Address(config.host(), config.port()));
            cloakroom.follow(rules.proxies());
            seats.except(rules.proxies()::trust);
            gatekeeper.follow(rules);
            listening.follow(terms);
        } catch (IllegalArgumentException e) {
            LOG.debug("the last good configuration goes on", e);
        }
    }

    private void mentionCommandLine(Address now) {
        if (!now.equals(configured)) {
            configured = now;
            Optional.ofNullable(context.getProperty(Gateway.HTTP))
                    .ifPresent(given ->
                            LOG.info("{} says {}, but --http {} wins as long as it is given", PID, now, given));
        }
    }

    @Deactivate
    void stop() {
        listening.stop();
        cloakroom.close();
        // Jetty stops on a thread of Felix's; the transports on it say goodbye to their clients first. If the bundle of
        // Felix HTTP
        // stopped meanwhile, both would take the same things down at once, and stumble.
        try {
            felix().delete();
            new ConfigurationTurn(context).await(STOP_LIMIT);
        } catch (IOException | IllegalStateException e) {
            LOG.warn("the configuration of Felix HTTP was not taken back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registrations.forEach(ServiceRegistration::unregister);
    }

    private Configuration felix() throws IOException {
        return configurations.getConfiguration(FELIX_PID, "?");
    }

    /** What of a configuration says how to listen; a bad value is an {@link IllegalArgumentException}. */
    static Terms terms(BundleContext context, Config config) {
        String given = context.getProperty(Gateway.HTTP);
        Address address = given == null ? new Address(config.host(), config.port()) : Address.of(Gateway.HTTP, given);
        return new Terms(
                address,
                speech(config),
                new Paths(List.of(config.paths())),
                new Terms.Limits(
                        config.idle_s(),
                        config.header_max_bytes(),
                        config.threads_max(),
                        config.backlog(),
                        config.hsts_s()));
    }

    private static Speech speech(Config config) {
        if (config.tls()) {
            return new Speech.Tls(config.redirect_port());
        }
        if (config.redirect_port() != Speech.Tls.NO_PORT) {
            throw new IllegalArgumentException("redirect.port needs tls=true, is " + config.redirect_port());
        }
        return new Speech.Plain();
    }

    /** What of a configuration says who may come in; a bad value is an {@link IllegalArgumentException}. */
    static Rules rules(Config config) {
        return new Rules(
                new EntryRules(
                        config.loopback_role(), List.of(config.origins_allowed()), List.of(config.hosts_allowed())),
                new Access(List.of(config.access())),
                new Proxies(List.of(config.proxies())));
    }
}
