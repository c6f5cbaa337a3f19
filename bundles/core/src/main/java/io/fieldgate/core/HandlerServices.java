package io.fieldgate.core;

import io.fieldgate.api.handler.SocketHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler services that come, change and go. A service is fetched on a thread of the pool, never within the service
 * event: fetching makes the handler, and that may take its time.
 *
 * <p><b>Threading.</b> Safe for use by many threads; {@link #removed} and {@link #modified} wait for callbacks.
 */
final class HandlerServices {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerServices.class);

    private final ServiceSource<SocketHandler> source;
    private final RouteTable routes;
    private final Takeover takeover;
    private final Entrance entrance;
    private final Supplier<HandlerPool.Share> shares;
    private final Supplier<Reactions> reactions;
    private final HandlerPool.Share house;
    private final Map<ServiceReference<SocketHandler>, HandlerRoute> serving = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Knows no handler yet.
     *
     * @param shares makes the share of threads for a handler's callbacks
     * @param reactions makes the place where its stages complete
     * @param house where a service is given back
     */
    HandlerServices(
            ServiceSource<SocketHandler> source,
            RouteTable routes,
            Takeover takeover,
            Entrance entrance,
            Supplier<HandlerPool.Share> shares,
            Supplier<Reactions> reactions,
            HandlerPool.Share house) {
        this.source = source;
        this.routes = routes;
        this.takeover = takeover;
        this.entrance = entrance;
        this.shares = shares;
        this.reactions = reactions;
        this.house = house;
    }

    void added(ServiceReference<SocketHandler> service) {
        read(service).ifPresent(spec -> begin(service, spec, null));
    }

    /** What is declared has changed: the handler goes as the one and comes as the other. A new ranking needs less. */
    void modified(ServiceReference<SocketHandler> service) {
        HandlerRoute before = serving.get(service);
        Optional<HandlerSpec> spec = read(service);
        if (before == null) {
            spec.ifPresent(declared -> begin(service, declared, null));
            return;
        }
        if (spec.isPresent() && spec.get().equals(before.spec())) {
            routes.rank(before, HandlerSpec.rankingOf(service));
            return;
        }
        SocketHandler handler = before.handler();
        if (!end(service, before)) {
            return;
        }
        if (spec.isPresent()) {
            begin(service, spec.get(), handler);
        } else if (handler != null) {
            house.submit(() -> source.release(service));
        }
    }

    void removed(ServiceReference<SocketHandler> service) {
        HandlerRoute route = serving.get(service);
        if (route != null && !closed) {
            end(service, route);
        }
    }

    /** Gives all handlers back. */
    void close() {
        closed = true;
        serving.forEach((service, route) -> {
            route.leave();
            route.release();
            source.release(service);
        });
        serving.clear();
    }

    private Optional<HandlerSpec> read(ServiceReference<SocketHandler> service) {
        try {
            return Optional.of(HandlerSpec.of(service));
        } catch (IllegalArgumentException e) {
            LOG.warn("a handler of {} is ignored: {}", HandlerSpec.bundleOf(service), e.getMessage());
            return Optional.empty();
        }
    }

    private void begin(ServiceReference<SocketHandler> service, HandlerSpec spec, SocketHandler handler) {
        if (closed) {
            return;
        }
        HandlerRoute route = new HandlerRoute(
                spec,
                HandlerSpec.bundleOf(service),
                HandlerSpec.rankingOf(service),
                HandlerSpec.idOf(service),
                shares.get(),
                reactions.get());
        serving.put(service, route);
        routes.add(route);
        route.share().submit(new Arrival(service, route, handler));
    }

    private boolean end(ServiceReference<SocketHandler> service, HandlerRoute route) {
        if (!serving.remove(service, route)) {
            return false;
        }
        takeover.depart(route);
        LOG.info("{} is no longer served by {}", route.spec().path(), route.bundle());
        return true;
    }

    /** Fetches a handler and has it serve. */
    private final class Arrival implements HandlerPool.Task {

        private final ServiceReference<SocketHandler> service;
        private final HandlerRoute route;
        private SocketHandler handler;

        Arrival(ServiceReference<SocketHandler> service, HandlerRoute route, SocketHandler handler) {
            this.service = service;
            this.route = route;
            this.handler = handler;
        }

        @Override
        public void run() {
            if (handler == null) {
                handler = fetch();
            }
            if (handler == null) {
                routes.remove(route);
            } else if (route.arrived(handler)) {
                LOG.info("{} is served by {}", route.spec().path(), route.bundle());
                takeover.arrive(route);
                entrance.handlerArrived();
            } else {
                source.release(service);
            }
        }

        @Override
        public void dropped() {
            if (handler != null && !closed) { // fetched by the route before
                house.submit(() -> source.release(service));
            }
        }

        private SocketHandler fetch() {
            try {
                SocketHandler fetched = source.get(service);
                if (fetched == null && !route.isGone()) {
                    LOG.error(
                            "{} could not make its handler; {} is not served by it",
                            route.bundle(),
                            route.spec().path());
                }
                return fetched;
            } catch (RuntimeException | LinkageError e) {
                LOG.error(
                        "{} could not make its handler; {} is not served by it",
                        route.bundle(),
                        route.spec().path(),
                        e);
                return null;
            }
        }
    }
}
