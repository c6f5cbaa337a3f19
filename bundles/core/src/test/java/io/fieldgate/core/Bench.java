package io.fieldgate.core;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.handler.SocketHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.osgi.framework.ServiceReference;

/** A gateway without a framework, in which time passes only when a test says so. */
final class Bench implements AutoCloseable {

    /** Long enough that nobody gives up on a callback that comes back, however busy the machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    final ManualTime time = new ManualTime();
    final List<String> log = new CopyOnWriteArrayList<>();
    final SocketGateway gateway;
    final Map<ServiceReference<SocketHandler>, SocketHandler> services = new ConcurrentHashMap<>();
    final List<ServiceReference<SocketHandler>> released = new CopyOnWriteArrayList<>();

    /** A handler cannot be had before it is open. */
    volatile CountDownLatch making = new CountDownLatch(0);

    private volatile String unloggable = "what no line contains";
    private final Logger root = Logger.getLogger("io.fieldgate.core");
    private final Handler recorder = new Recorder();

    Bench() {
        this(limits(30, PATIENT));
    }

    /** A gateway that waits 50 ms for callbacks and 10 s for a successor: for callbacks that do not come back. */
    static Bench impatient() {
        return new Bench(limits(10, Duration.ofMillis(50)));
    }

    private Bench(SocketLimits limits) {
        root.setUseParentHandlers(false);
        root.addHandler(recorder);
        gateway = new SocketGateway(limits, Clock.systemUTC(), time, new Source(), new SessionEnds());
    }

    /** Half of 64 messages or 4 kB is where reading stops; 4 messages are read ahead; 2 of 4 threads for one handler. */
    private static SocketLimits limits(int takeoverSeconds, Duration parkWait) {
        return new SocketLimits(
                Duration.ofSeconds(takeoverSeconds),
                Duration.ofSeconds(10),
                parkWait,
                Duration.ofSeconds(30),
                64,
                4096,
                4,
                4,
                2);
    }

    private final class Source implements ServiceSource<SocketHandler> {

        @Override
        public SocketHandler get(ServiceReference<SocketHandler> service) {
            Waiting.until(making);
            return services.get(service);
        }

        @Override
        public void release(ServiceReference<SocketHandler> service) {
            released.add(service);
        }
    }

    private final class Recorder extends Handler {

        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().contains(unloggable)) {
                throw new LinkageError("the log fails");
            }
            log.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Registers a handler and waits until it serves. */
    FakeReference<SocketHandler> register(FakeReference<SocketHandler> reference, SocketHandler handler) {
        int before = gateway.handlers().size();
        announce(reference, handler);
        Waiting.until(() -> gateway.handlers().size() > before);
        return reference;
    }

    FakeReference<SocketHandler> register(String path, SocketHandler handler) {
        return register(FakeReference.at(path), handler);
    }

    /** Registers a handler and does not wait. */
    void announce(FakeReference<SocketHandler> reference, SocketHandler handler) {
        services.put(reference, handler);
        gateway.bindHandler(reference);
    }

    void unregister(FakeReference<SocketHandler> reference) {
        gateway.unbindHandler(reference);
        services.remove(reference);
    }

    /** Who logs a line that contains this gets an error. */
    void failsToLog(String part) {
        unloggable = part;
    }

    CompletableFuture<Entry> ask(SocketRequest request) {
        return gateway.enter(request).toCompletableFuture();
    }

    Entry enter(SocketRequest request) {
        return Waiting.get(ask(request));
    }

    Entry enter(String path) {
        return enter(SocketRequest.builder(path).build());
    }

    FakeLink connect(String path) {
        return connect(SocketRequest.builder(path).build(), new FakeLink());
    }

    FakeLink connect(SocketRequest request, FakeLink link) {
        Entry.Granted entry = (Entry.Granted) enter(request);
        return link.attach(entry.open(link));
    }

    void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Override
    public void close() {
        gateway.close();
        root.removeHandler(recorder);
        root.setUseParentHandlers(true);
    }
}
