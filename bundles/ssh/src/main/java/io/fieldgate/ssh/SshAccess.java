package io.fieldgate.ssh;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The gateway's shell over SSH (RFC 4251 to 4254), with public keys only. It is there when it is configured, from when the
 * gateway is ready.
 *
 * <p>Whoever has a key that the file names can do what the gateway's own user can: the name of the user is only logged.
 *
 * <p>When it stops, all connections are closed with a line that says why. A command that runs goes on by itself, for it may be
 * the one that stops this bundle.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = SshAccess.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SshAccess.Config.class)
public final class SshAccess {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate SSH")
    public @interface Config {

        /**
         * Where to listen.
         *
         * @return a name or an IP address of this machine
         */
        @AttributeDefinition(
                description = "Where to listen: a name or an IP address of this machine; 0.0.0.0 for all of them")
        String address() default "127.0.0.1";

        /**
         * The port.
         *
         * @return 0 to 65535; 0 for any that is free
         */
        @AttributeDefinition(description = "The port; 0 for any that is free", min = "0", max = "65535")
        int port() default 8022;

        /**
         * The most connections that are logged in, and the most shells and commands at once over all of them.
         *
         * @return a number of each
         */
        @AttributeDefinition(
                description = "The most connections that are logged in, and the most shells and commands at once",
                min = "1",
                max = "64")
        int sessions_max() default 8;

        /**
         * Silence in both directions after which a connection is closed.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Silence in both directions after which a connection is closed, in seconds",
                min = "10",
                max = "86400")
        int idle_s() default 1800;

        /**
         * The file with the public keys of those who may log in, as OpenSSH has it.
         *
         * @return a path; a relative one goes from the home
         */
        @AttributeDefinition(
                description =
                        "The file with the public keys of those who may log in; a relative path goes from the home")
        String keys() default "etc/authorized_keys";
    }

    static final String PID = "io.fieldgate.ssh";

    private final SshPort port;

    /**
     * Listens.
     *
     * @param context this bundle's context
     * @param ready says that the gateway is ready
     * @param config the configuration
     * @throws IOException if the host key cannot be made or read
     */
    @Activate
    public SshAccess(
            BundleContext context,
            @Reference(target = "(" + Condition.CONDITION_ID + "=" + Gateway.READY + ")") Condition ready,
            Config config)
            throws IOException {
        this(home(context), config);
    }

    SshAccess(Path home, Config config) throws IOException {
        port = SshPort.open(Settings.of(config, home), home);
    }

    @Deactivate
    void stop() {
        port.close();
    }

    /** The port that it listens on. */
    int port() {
        return port.number();
    }

    private static Path home(BundleContext context) {
        String home = context.getProperty(Gateway.HOME);
        if (home == null) {
            throw new IllegalStateException("framework property " + Gateway.HOME + " is not set");
        }
        return Path.of(home);
    }
}
