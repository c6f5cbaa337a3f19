package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.gateway.SocketHost;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WebSocket (RFC 6455) on the gateway's port: takes every request that asks for one, whatever its path, and leaves all
 * others alone. Only where nothing else is at the path of a handler does it say so, with 426.
 *
 * <p>When it goes, or the core does, or the HTTP service under it, all its clients are told: 1001 if the gateway shuts
 * down, else 1012. It waits for them 2 s at most.
 */
@Component(service = Preprocessor.class, configurationPid = "io.fieldgate.transport.websocket")
@Designate(ocd = WebSocketTransport.Config.class)
public final class WebSocketTransport implements Preprocessor {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate WebSocket")
    public @interface Config {

        /**
         * Silence of a client after which it is pinged.
         *
         * @return seconds, 0 for never
         */
        @AttributeDefinition(
                description = "Silence of a client after which it is pinged, in seconds; 0 for never",
                min = "0",
                max = "3600")
        int ping_s() default 30;

        /**
         * How long a client may take to answer a ping.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long a client may take to answer a ping, in seconds",
                min = "1",
                max = "600")
        int pong_s() default 15;

        /**
         * Time without a byte in either direction after which a connection is closed.
         *
         * @return seconds, 0 for never
         */
        @AttributeDefinition(
                description = "Time without a byte in either direction after which a connection is closed, in seconds;"
                        + " 0 for never",
                min = "0",
                max = "86400")
        int idle_s() default 300;

        /**
         * The most that is read at a time.
         *
         * @return bytes
         */
        @AttributeDefinition(description = "The most that is read at a time, in bytes", min = "1024", max = "65536")
        int read_buffer_bytes() default 4096;

        /**
         * The most that is written at a time.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "The most that is written at a time, in bytes",
                min = "1024",
                max = "1048576")
        int write_batch_bytes() default 65_536;

        /**
         * The smallest message that is compressed, where a handler asks for compression.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "The smallest message that is compressed, where a handler asks for it, in bytes",
                min = "1",
                max = "1048576")
        int deflate_min_bytes() default 128;

        /**
         * How many clients may wait at a time for the answer whether they may come in.
         *
         * @return a number of clients
         */
        @AttributeDefinition(
                description = "How many clients may wait at a time for the answer whether they may come in",
                min = "1",
                max = "65536")
        int pending_max() default 1024;

        /**
         * How many messages, pings, pongs and small fragments a client may send.
         *
         * @return a number per second, twice as many at once; 0 for any
         */
        @AttributeDefinition(
                description = "How many messages, pings, pongs and small fragments a client may send, per second;"
                        + " twice as many at once; 0 for any",
                min = "0",
                max = "1000000")
        int messages_per_s() default 1000;

        /**
         * Whether {@link #messages_per_s} counts for clients on this machine as well.
         *
         * @return false to let them be
         */
        @AttributeDefinition(description = "Whether messages.per.s counts for clients on this machine as well")
        boolean loopback_limits() default false;

        /**
         * How long a message may take from its first byte to its last.
         *
         * @return seconds, 0 for any time
         */
        @AttributeDefinition(
                description = "How long a message may take from its first byte to its last, in seconds; 0 for any time",
                min = "0",
                max = "3600")
        int message_s() default 120;

        /**
         * How much memory all messages together may take that have not come whole yet.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "How much memory all messages together may take that have not come whole yet, in bytes",
                min = "65536",
                max = "1073741824")
        int buffers_max_bytes() default 25_165_824;
    }

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Bundle framework;
    private final SocketHost host;
    private final Shared shared;
    private final Entrance entrance;

    /**
     * Begins to take requests.
     *
     * @param context the bundle's
     * @param host where clients are brought
     * @param config the configuration
     */
    @Activate
    public WebSocketTransport(BundleContext context, @Reference SocketHost host, Config config) {
        this(
                context.getBundle(Constants.SYSTEM_BUNDLE_ID),
                host,
                Shared.of(new Settings(
                        config.ping_s(),
                        config.pong_s(),
                        config.idle_s(),
                        config.read_buffer_bytes(),
                        config.write_batch_bytes(),
                        config.deflate_min_bytes(),
                        config.pending_max(),
                        config.messages_per_s(),
                        config.loopback_limits(),
                        config.message_s(),
                        config.buffers_max_bytes())));
        shared.heartbeat().start();
    }

    WebSocketTransport(Bundle framework, SocketHost host, Shared shared) {
        this.framework = framework;
        this.host = host;
        this.shared = shared;
        entrance = new Entrance(host, shared);
    }

    @Deactivate
    void stop() {
        shared.links().shut();
        sayGoodbye();
        shared.heartbeat().close();
        shared.compression().close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindHttp(HttpServiceRuntime http) {
        LOG.debug("on {}", http);
    }

    /** It is the first thing that the HTTP service takes back when it stops: the last moment to say goodbye. */
    void unbindHttp(HttpServiceRuntime http) {
        LOG.debug("off {}", http);
        sayGoodbye();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (Handshake.isAsked(http)) {
            Optional<Refusal> fault = Handshake.fault(http);
            if (fault.isPresent()) {
                fault.get().send(answer);
            } else {
                entrance.ask(http, answer);
            }
        } else if (http.getMethod().equals("GET") || http.getMethod().equals("HEAD")) {
            chain.doFilter(request, new UpgradeHint(answer, host, Handshake.path(http)));
        } else {
            chain.doFilter(request, response);
        }
    }

    @Override
    public void init(FilterConfig config) {
        // nothing to prepare: the component's constructor has done it
    }

    @Override
    public void destroy() {
        // the component's deactivation says goodbye
    }

    private void sayGoodbye() {
        int open = shared.links().count();
        if (open == 0) {
            return;
        }
        boolean shutdown = framework.getState() == Bundle.STOPPING;
        CloseReason reason = shutdown
                ? new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down")
                : new CloseReason(CloseReason.SERVICE_RESTART, "the transport restarts");
        LOG.info("closing {} connections: {}", open, reason);
        shared.links().closeAll(reason, GOODBYE);
    }
}
