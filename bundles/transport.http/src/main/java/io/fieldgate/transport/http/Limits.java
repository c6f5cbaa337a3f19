package io.fieldgate.transport.http;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the gateway one client may take, and all together.
 *
 * <p>A change counts at once, for what begins from now on; nobody who is connected is sent away. With a bad configuration the last good
 * one goes on, the defaults at the start.
 */
@Component(service = Limits.class, configurationPid = Limits.PID)
@Designate(ocd = Limits.Config.class)
public final class Limits {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate limits of clients")
    public @interface Config {

        /**
         * The most connections in all.
         *
         * @return a number of connections
         */
        @AttributeDefinition(description = "The most connections in all", min = "16", max = "1000000")
        int connections_max() default 16384;

        /**
         * The most connections of one client address.
         *
         * @return a number of connections
         */
        @AttributeDefinition(description = "The most connections of one client address", min = "1", max = "1000000")
        int address_connections_max() default 256;

        /**
         * The most upgraded connections and requests at work of one user.
         *
         * @return a number of connections
         */
        @AttributeDefinition(
                description = "The most upgraded connections and requests at work of one user",
                min = "1",
                max = "1000000")
        int user_connections_max() default 256;

        /**
         * The most requests of one client address.
         *
         * @return requests per second; twice as many at once
         */
        @AttributeDefinition(
                description = "The most requests of one client address, per second; twice as many at once",
                min = "1",
                max = "1000000")
        int address_requests_per_s() default 100;

        /**
         * The most upgrades of one client address.
         *
         * @return upgrades per second; twice as many at once
         */
        @AttributeDefinition(
                description = "The most upgrades of one client address, per second; twice as many at once",
                min = "1",
                max = "1000000")
        int address_handshakes_per_s() default 20;

        /**
         * How long the head of a request may take, and the beginning of a connection.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long the head of a request may take, and the beginning of a connection, in seconds",
                min = "1",
                max = "300")
        int header_s() default 10;

        /**
         * How long a body may take that is taken in before its request is served.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description =
                        "How long a small body may take, and over how long the speed of a larger one is measured, in seconds",
                min = "1",
                max = "3600")
        int body_s() default 30;

        /**
         * Over how long the speed of an answer is measured.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Over how long the speed is measured at which an answer is taken, in seconds",
                min = "5",
                max = "3600")
        int answer_s() default 30;

        /**
         * The lowest speed of a body or an answer.
         *
         * @return bytes per second; 0 for any
         */
        @AttributeDefinition(
                description = "The lowest speed of a body or an answer, in bytes per second; 0 for any",
                min = "0",
                max = "1000000")
        int transfer_min_bytes_per_s() default 500;

        /**
         * The largest body of a request.
         *
         * @return bytes
         */
        @AttributeDefinition(description = "The largest body of a request, in bytes", min = "1024", max = "1073741824")
        int body_max_bytes() default 1_048_576;

        /**
         * How much may be kept of all bodies together that are being taken in.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "How much may be kept of all bodies together that are being taken in, in bytes",
                min = "65536",
                max = "1073741824")
        int bodies_max_bytes() default 4_194_304;

        /**
         * The most requests that wait while what serves them is replaced.
         *
         * @return a number of requests
         */
        @AttributeDefinition(
                description = "The most requests that wait while what serves them is replaced",
                min = "1",
                max = "65536")
        int replacing_requests_max() default 256;

        /**
         * Whether what counts by client address counts for clients on this machine as well.
         *
         * @return false to let them be
         */
        @AttributeDefinition(
                description = "Whether what counts by client address counts for clients on this machine as well")
        boolean loopback_limits() default false;
    }

    static final String PID = HttpTransport.PID + ".limits";

    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

    /** As the annotation says. */
    private static final Bounds DEFAULTS =
            new Bounds(16_384, 256, 256, 100, 20, 10, 30, 30, 500, 1_048_576, 4_194_304, 256, false);

    private volatile Bounds bounds = DEFAULTS;

    /**
     * Takes the configuration.
     *
     * @param config the configuration
     */
    @Activate
    public Limits(Config config) {
        follow(config);
    }

    /** Follows another configuration, or none of it; it is {@link LimitsCheck} that fails with a bad one, and says so. */
    @Modified
    void follow(Config config) {
        try {
            bounds = bounds(config);
        } catch (IllegalArgumentException e) {
            LOG.debug("the last good limits go on", e);
        }
    }

    /** What counts now. */
    Bounds now() {
        return bounds;
    }

    /** What a configuration says; a bad value is an {@link IllegalArgumentException}. */
    static Bounds bounds(Config config) {
        return new Bounds(
                config.connections_max(),
                config.address_connections_max(),
                config.user_connections_max(),
                config.address_requests_per_s(),
                config.address_handshakes_per_s(),
                config.header_s(),
                config.body_s(),
                config.answer_s(),
                config.transfer_min_bytes_per_s(),
                config.body_max_bytes(),
                config.bodies_max_bytes(),
                config.replacing_requests_max(),
                config.loopback_limits());
    }
}
