package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.gateway.SocketHost;
import io.fieldgate.api.handler.SocketHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Brings clients and handlers together, and keeps the sessions when a handler is replaced.
 *
 * <p>When it is deactivated, or the framework begins to stop, all sessions close with 1001 and the handlers are told so; it
 * waits for the handlers up to 2 s in all, and not for the clients, which is up to the transports.
 */
@Component(
        service = {SocketHost.class, Sessions.class},
        immediate = true,
        configurationPid = "io.fieldgate.core.sockets")
@Designate(ocd = SocketGateway.Config.class)
public final class SocketGateway implements SocketHost, Sessions {

    /** So many handlers can react to the fate of their messages at once. */
    private static final int COMPLETERS = 4;

    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

    private final RouteTable routes = new RouteTable();
    private final HandlerPool pool;
    private final HandlerPool completers;
    private final HandlerPool.Share house;
    private final SessionRegistry sessions;
    private final Takeover takeover;
    private final Entrance entrance;
    private final HandlerServices handlers;
    private final Timer timer;
    private final SynchronousBundleListener stopListener = this::bundleChanged;

    /** How long things may take, and how much may wait. */
    @ObjectClassDefinition(name = "Fieldgate sessions", description = "Sessions, their queues and their handlers")
    public @interface Config {

        @AttributeDefinition(
                description = "How long a session waits for its next handler before it closes with 1012, in seconds",
                min = "1",
                max = "600")
        int takeover_s() default 30;

        @AttributeDefinition(
                description = "How long a new client waits for a handler that has just gone, in seconds",
                min = "1",
                max = "60")
        int arrival_s() default 10;

        @AttributeDefinition(
                description = "How long a handler that goes is waited for while its callbacks run, in milliseconds",
                min = "0",
                max = "2000")
        int park_wait_ms() default 2000;

        @AttributeDefinition(
                description = "How long a callback of a handler that has gone may hold its session before that closes"
                        + " with 1011, in seconds",
                min = "1",
                max = "600")
        int callback_late_s() default 30;

        @AttributeDefinition(
                description = "How many messages may wait to be sent to one client",
                min = "1",
                max = "1048576")
        int queue_max_messages() default 1024;

        @AttributeDefinition(
                description = "How much may wait to be sent to one client, in bytes; a single message always fits",
                min = "1024",
                max = "1073741824")
        int queue_max_bytes() default 1_048_576;

        @AttributeDefinition(
                description = "How many messages of one client may wait for their handler",
                min = "1",
                max = "1024")
        int read_ahead_messages() default 16;

        @AttributeDefinition(
                description = "How many callbacks of handlers that may block run at once",
                min = "1",
                max = "256")
        int threads() default 8;

        @AttributeDefinition(
                description = "How much of the threads one handler can hold, in percent; at least one thread",
                min = "1",
                max = "100")
        int share_per_path_percent() default 50;
    }

    /**
     * Starts the threads.
     *
     * @param context the context of this bundle
     * @param ends is told of each session that has closed
     * @param config the configuration
     */
    @Activate
    public SocketGateway(BundleContext context, @Reference SessionEnds ends, Config config) {
        this(
                SocketLimits.of(config),
                Clock.systemUTC(),
                new TimerThread("fieldgate-sessions-timer"),
                ServiceSource.of(context),
                ends);
        context.addBundleListener(stopListener);
    }

    SocketGateway(
            SocketLimits limits, Clock clock, Timer timer, ServiceSource<SocketHandler> source, SessionEnds ends) {
        this.timer = timer;
        pool = new HandlerPool("fieldgate-handler", limits.threads());
        completers = new HandlerPool("fieldgate-completer", COMPLETERS);
        house = completers.share(1);
        sessions = new SessionRegistry(limits, clock, timer, routes, ends);
        takeover = new Takeover(limits, timer, routes, sessions);
        entrance = new Entrance(limits, timer, routes, sessions);
        handlers = new HandlerServices(
                source,
                routes,
                takeover,
                entrance,
                () -> pool.share(limits.share()),
                () -> new Reactions(completers),
                house);
        new CallbackWatch(sessions, routes, timer).start();
    }

    /** Closes all sessions; see the class. */
    @Deactivate
    void deactivate(BundleContext context) {
        context.removeBundleListener(stopListener);
        close();
    }

    void close() {
        shutDown();
        handlers.close();
        pool.stop();
        completers.stop();
        timer.close();
    }

    @Reference(
            service = SocketHandler.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ServiceReference<SocketHandler> service) {
        handlers.added(service);
    }

    void updatedHandler(ServiceReference<SocketHandler> service) {
        handlers.modified(service);
        renewThreads();
    }

    void unbindHandler(ServiceReference<SocketHandler> service) {
        handlers.removed(service);
        renewThreads();
    }

    @Override
    public CompletionStage<Entry> enter(SocketRequest request) {
        return entrance.enter(request);
    }

    @Override
    public boolean serves(String path) {
        return routes.knows(path);
    }

    @Override
    public List<SessionInfo> sessions() {
        return sessions.all().stream()
                .sorted(Comparator.comparingLong(Session::openedAtMillis).thenComparing(Session::id))
                .map(Session::info)
                .toList();
    }

    @Override
    public List<HandlerInfo> handlers() {
        return routes.listed().stream().map(HandlerRoute::info).toList();
    }

    @Override
    public boolean close(String id, CloseReason reason) {
        if (!reason.sendable()) {
            throw new IllegalArgumentException("code " + reason.code() + " cannot be sent in a close frame");
        }
        Optional<Session> session = sessions.find(id);
        session.ifPresent(found -> found.close(reason));
        return session.isPresent();
    }

    /** The framework stops: the clients are told before any bundle has gone. */
    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            shutDown();
        }
    }

    /** Closes all sessions, and waits for their handlers. */
    void shutDown() {
        entrance.close();
        takeover.shutDown(SHUTDOWN_WAIT);
    }

    /** What a handler has left in a thread's variables would keep its classes. */
    private void renewThreads() {
        pool.renew();
        house.submit(completers::renew); // behind a service that has just been given back
    }
}
