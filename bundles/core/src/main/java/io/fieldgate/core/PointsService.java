package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Write;
import io.fieldgate.api.handler.PointObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The points as one bundle has them. When the bundle goes its observations end and its stages fail, and nothing in the core
 * refers to its classes any more: only a call of its own that still runs does.
 */
@Component(service = Points.class, scope = ServiceScope.BUNDLE)
public final class PointsService implements Points {

    private final PointStore store;
    private final DriverRegistry drivers;
    private final PointCommands commands;
    private final Holds holds;
    private final Writer writer;
    private final ObserverPool pool;
    private final PoolShare share;
    private final String epoch;
    private final String bundle;
    private final int queueSamples;
    // Guarded by this.
    private final Set<ObserverQueue> observers = new HashSet<>();
    private final Set<PointReply> replies = new HashSet<>();
    private boolean closed;

    /**
     * Serves one bundle.
     *
     * @param gateway the points
     * @param context says which bundle
     */
    @Activate
    public PointsService(@Reference PointGateway gateway, ComponentContext context) {
        this(gateway, context.getUsingBundle().getSymbolicName());
    }

    PointsService(PointGateway gateway, String bundle) {
        this.store = gateway.store();
        this.drivers = gateway.drivers();
        this.holds = gateway.holds();
        this.writer = new Writer(bundle);
        this.commands = new PointCommands(store, drivers, holds, gateway.writeLog());
        this.pool = gateway.pool();
        this.share = new PoolShare(pool, Math.max(1, pool.threads() / 2));
        this.epoch = gateway.epoch();
        this.queueSamples = gateway.settings().observerQueueSamples();
        this.bundle = bundle;
    }

    /** Ends what the bundle observes and fails what it waits for. */
    @Deactivate
    void close() {
        List<ObserverQueue> ended;
        List<PointReply> open;
        synchronized (this) {
            closed = true;
            ended = List.copyOf(observers);
            open = List.copyOf(replies);
            observers.clear();
        }
        writer.leave();
        holds.left(writer);
        ended.forEach(store::remove);
        // Taken out before the threads are renewed: what completes later than that would run on the new ones.
        List<Runnable> farewell = open.stream()
                .map(reply -> reply.abandon(Reason.FAILED, "bundle " + bundle + " has let the service go"))
                .toList();
        if (!farewell.isEmpty()) {
            complete(farewell);
        }
        if (share.used()) {
            pool.renew();
        }
    }

    // On a thread of its own, which ends with it: what the bundle attached to its stages must not hold up whoever stops
    // it,
    // and must not leave anything in a thread that goes on.
    private static void complete(List<Runnable> farewell) {
        CleanThreads.daemon("fieldgate-observer-farewell", () -> farewell.forEach(Runnable::run))
                .start();
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public List<DeviceInfo> devices() {
        return store.devices();
    }

    @Override
    public List<DriverInfo> drivers() {
        return drivers.list();
    }

    @Override
    public Optional<PointInfo> info(PointId point) {
        return store.info(Objects.requireNonNull(point, "point"));
    }

    @Override
    public Optional<Sample> latest(PointId point) {
        return store.latest(Objects.requireNonNull(point, "point"));
    }

    @Override
    public List<Sample> latest(List<PointFilter> filters, long after) {
        return store.latest(List.copyOf(filters), after);
    }

    @Override
    public Optional<List<Sample>> since(List<PointFilter> filters, long after) {
        return store.since(List.copyOf(filters), after);
    }

    @Override
    public Observation observe(List<PointFilter> filters, Mode mode, OptionalLong since, PointObserver observer) {
        Objects.requireNonNull(observer, "observer");
        Backlog backlog = switch (mode) {
            case EVERY -> new EveryBacklog(queueSamples);
            default -> new LatestBacklog();
        };
        ObserverQueue queue = new ObserverQueue(List.copyOf(filters), backlog, share, bundle, observer);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("bundle " + bundle + " has let this service go");
            }
            observers.add(queue);
            store.observe(queue, since);
        }
        return () -> end(queue);
    }

    private void end(ObserverQueue queue) {
        synchronized (this) {
            if (!observers.remove(queue)) {
                return;
            }
        }
        store.remove(queue);
    }

    @Override
    public CompletionStage<Sample> refresh(PointId point) {
        Objects.requireNonNull(point, "point");
        return ask(reply -> commands.refresh(point, reply));
    }

    @Override
    public CompletionStage<Sample> write(PointId point, Value value, Write how) {
        Objects.requireNonNull(point, "point");
        Objects.requireNonNull(value, "value");
        Order order = new Order(point, value, Objects.requireNonNull(how, "how"), writer);
        return ask(reply -> commands.write(order, reply));
    }

    private CompletionStage<Sample> ask(Consumer<PointReply> command) {
        CompletableFuture<Sample> stage = new CompletableFuture<>();
        PointReply reply = new PointReply(stage, share, this::completed);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("bundle " + bundle + " has let this service go");
            }
            replies.add(reply);
        }
        command.accept(reply);
        return stage;
    }

    private synchronized void completed(PointReply reply) {
        replies.remove(reply);
    }
}
