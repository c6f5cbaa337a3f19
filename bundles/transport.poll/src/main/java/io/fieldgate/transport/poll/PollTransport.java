package io.fieldgate.transport.poll;

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
 * Sessions for clients without WebSocket, at the paths of the same handlers: what is said to them goes by server-sent events
 * or long polls, what they say comes by POST. Requests that are not of this kind it leaves alone.
 *
 * <p>When it goes, or the core does, or the HTTP service under it, all its clients that hear are told: 1001 if the gateway
 * shuts down, else 1012. It waits for them 2 s at most.
 */
@Component(service = Preprocessor.class, configurationPid = "io.fieldgate.transport.poll")
@Designate(ocd = PollTransport.Config.class)
public final class PollTransport implements Preprocessor {

    /** The configuration. */
    @ObjectClassDefinition(name = "Fieldgate clients without WebSocket")
    public @interface Config {

        /**
         * How many sessions there may be at a time.
         *
         * @return a number of sessions
         */
        @AttributeDefinition(description = "How many sessions there may be at a time", min = "1", max = "65536")
        int sessions_max() default 256;

        /**
         * How long a session stays that no stream or poll is attached to.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long a session stays that no stream or poll is attached to, in seconds",
                min = "1",
                max = "3600")
        int resume_s() default 30;

        /**
         * How long a poll waits for news.
         *
         * @return seconds
         */
        @AttributeDefinition(description = "How long a poll waits for news, in seconds", min = "1", max = "55")
        int wait_s() default 25;

        /**
         * Silence after which a stream gets an empty comment.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "Silence after which a stream gets an empty comment, in seconds",
                min = "1",
                max = "55")
        int keepalive_s() default 15;

        /**
         * How many messages of a session are kept until they are acknowledged.
         *
         * @return a number of messages
         */
        @AttributeDefinition(
                description = "How many messages of a session are kept until they are acknowledged",
                min = "64",
                max = "65536")
        int keep_max_messages() default 256;

        /**
         * How many bytes of messages of a session are kept until they are acknowledged.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "How many bytes of messages of a session are kept until they are acknowledged",
                min = "1024",
                max = "16777216")
        int keep_max_bytes() default 262_144;

        /**
         * How many bytes of messages all sessions keep together; beyond it each keeps 8192 bytes.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "How many bytes of messages all sessions keep together; beyond it each keeps 8192",
                min = "1024",
                max = "268435456")
        int keep_total_bytes() default 8_388_608;

        /**
         * The greatest body of a POST.
         *
         * @return bytes
         */
        @AttributeDefinition(description = "The greatest body of a POST, in bytes", min = "1024", max = "16777216")
        int post_max_bytes() default 262_144;

        /**
         * How many bytes of bodies may be there at a time, of all sessions together.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "How many bytes of bodies may be there at a time, of all sessions together",
                min = "1024",
                max = "268435456")
        int posts_max_bytes() default 8_388_608;

        /**
         * How long a POST waits for its handler.
         *
         * @return seconds
         */
        @AttributeDefinition(description = "How long a POST waits for its handler, in seconds", min = "1", max = "55")
        int post_wait_s() default 10;

        /**
         * How many messages a client may post.
         *
         * @return a number per second, twice as many at once; 0 for any
         */
        @AttributeDefinition(
                description = "How many messages a client may post, per second; twice as many at once; 0 for any",
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
    }

    private static final Logger LOG = LoggerFactory.getLogger(PollTransport.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Bundle framework;
    private final PollSessions sessions;
    private final Counter counter;
    private final Heartbeat heartbeat;

    /**
     * Begins to take requests.
     *
     * @param context the bundle's
     * @param host where clients are brought
     * @param config the configuration
     */
    @Activate
    public PollTransport(BundleContext context, @Reference SocketHost host, Config config) {
        this(
                context.getBundle(Constants.SYSTEM_BUNDLE_ID),
                host,
                new PollSessions(config.sessions_max(), config.keep_total_bytes()),
                new Settings(
                        config.sessions_max(),
                        config.resume_s(),
                        config.wait_s(),
                        config.keepalive_s(),
                        config.keep_max_messages(),
                        config.keep_max_bytes(),
                        config.keep_total_bytes(),
                        config.post_max_bytes(),
                        config.posts_max_bytes(),
                        config.post_wait_s(),
                        config.messages_per_s(),
                        config.loopback_limits()));
        heartbeat.start();
    }

    PollTransport(Bundle framework, SocketHost host, PollSessions sessions, Settings settings) {
        this.framework = framework;
        this.sessions = sessions;
        counter = new Counter(host, sessions, settings);
        heartbeat = new Heartbeat(sessions);
    }

    @Deactivate
    void stop() {
        sessions.shut();
        sayGoodbye();
        heartbeat.close();
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
        if (!counter.serve((HttpServletRequest) request, (HttpServletResponse) response)) {
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
        int open = sessions.count();
        if (open == 0) {
            return;
        }
        boolean shutdown = framework.getState() == Bundle.STOPPING;
        CloseReason reason = shutdown
                ? new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down")
                : new CloseReason(CloseReason.SERVICE_RESTART, "the transport restarts");
        LOG.info("closing {} sessions of clients without WebSocket: {}", open, reason);
        sessions.closeAll(reason, GOODBYE);
    }
}
