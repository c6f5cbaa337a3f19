package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the gateway is to listen in one more place. It is {@link HttpTransport} that does, and looks here again after each change:
 * a component whose configuration changes is a service whose properties change.
 */
@Component(
        service = HttpListener.class,
        configurationPid = HttpListener.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpListener.Config.class, factory = true)
public final class HttpListener {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate further HTTP listener")
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
         * @return 0 to 65535; 0 for any that is free; -1 for none, if there is a socket
         */
        @AttributeDefinition(
                description = "The port; 0 for any that is free, -1 for none, if there is a socket",
                min = "-1",
                max = "65535")
        int port() default NO_PORT;

        /**
         * The Unix domain socket, instead of a port.
         *
         * @return a path, from the folder data/ of the home; at most 107 bytes with it
         */
        @AttributeDefinition(description = "A Unix domain socket instead of a port: a path, from data/ of the home")
        String socket() default "";

        /**
         * Who may use the Unix domain socket.
         *
         * @return three octal digits
         */
        @AttributeDefinition(description = "Mode of the Unix domain socket, three octal digits")
        String mode() default "600";

        /**
         * The group of the Unix domain socket.
         *
         * @return its name; empty to leave it as it is
         */
        @AttributeDefinition(description = "Group of the Unix domain socket")
        String group() default "";

        /**
         * Whether to speak TLS.
         *
         * @return false for plain HTTP
         */
        @AttributeDefinition(description = "Whether to speak TLS; not at a Unix domain socket")
        boolean tls() default false;

        /**
         * Which paths are served.
         *
         * @return such as /live or /tools/*
         */
        @AttributeDefinition(description = "Which paths are served, such as /live or /tools/*")
        String[] paths() default {"/*"};
    }

    static final String PID = HttpTransport.PID + ".listener";

    static final int NO_PORT = -1;

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final BundleContext context;

    private volatile Optional<ListenerTerms> terms = Optional.empty();

    /**
     * Takes a configuration, or none of it.
     *
     * @param context the bundle's
     * @param config the configuration
     */
    @Activate
    public HttpListener(BundleContext context, Config config) {
        this.context = context;
        modified(config);
    }

    /** Follows another configuration, or none of it; it is {@link ListenerCheck} that fails with a bad one, and says so. */
    @Modified
    void modified(Config config) {
        try {
            terms = Optional.of(terms(context, config));
        } catch (IllegalArgumentException e) {
            LOG.debug("the last good configuration goes on, if there was one", e);
        }
    }

    /** What the last good configuration says, if there was one. */
    Optional<ListenerTerms> terms() {
        return terms;
    }

    /** What a configuration says; a bad value is an {@link IllegalArgumentException}. */
    static ListenerTerms terms(BundleContext context, Config config) {
        Path data =
                Path.of(Optional.ofNullable(context.getProperty(Gateway.HOME)).orElse(""), "data");
        return new ListenerTerms(
                place(data.toAbsolutePath(), config), config.tls(), new Paths(List.of(config.paths())));
    }

    private static Place place(Path data, Config config) {
        String socket = config.socket().strip();
        if (config.port() == NO_PORT == socket.isEmpty()) {
            throw new IllegalArgumentException(
                    "either port or socket must be given, port is " + config.port() + ", socket is \"" + socket + '"');
        }
        return socket.isEmpty()
                ? new Address(config.host(), config.port())
                : new SocketFile(
                        data.resolve(socket).normalize(),
                        config.mode().strip(),
                        config.group().strip());
    }
}
