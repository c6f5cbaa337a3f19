package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.security.Audit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
 * The points half of the core: drivers below, {@link PointsService} above. When it goes, or the framework begins to stop, the points
 * that are held get their safe values, within 2 s. When it goes all drivers are stopped, together
 * within the time that one is given, and observers hear nothing more.
 */
@Component(service = PointGateway.class, immediate = true, configurationPid = "io.fieldgate.core.points")
@Designate(ocd = PointGateway.Config.class)
public final class PointGateway {

    private static final long MOST_JITTER_MILLIS = 500;
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate points", description = "Polling, limits and memory of the points")
    public @interface Config {

        /**
         * How far back an observer can resume.
         *
         * @return samples, 100 to 1,000,000
         */
        @AttributeDefinition(
                description = "Recent samples that are kept, of all points together",
                min = "100",
                max = "1000000")
        int ring_samples() default 10_000;

        /**
         * How long a call of a driver may take until its points turn BAD.
         *
         * @return seconds, 1 to 3600
         */
        @AttributeDefinition(description = "Time for one call of a driver, in seconds", min = "1", max = "3600")
        int call_timeout_s() default 10;

        /**
         * How many refreshes and writes may wait for one driver.
         *
         * @return calls, 1 to 10,000
         */
        @AttributeDefinition(
                description = "Refreshes and writes that may wait for one driver",
                min = "1",
                max = "10000")
        int lane_queue_calls() default 64;

        /**
         * How far an observer of each sample may lag.
         *
         * @return samples, 1 to 1,000,000
         */
        @AttributeDefinition(
                description = "Samples that may wait for one observer that wants every one",
                min = "1",
                max = "1000000")
        int observer_queue_samples() default 10_000;

        /**
         * How many observers are called at once. One bundle has half of them at most.
         *
         * @return threads, 2 to 64
         */
        @AttributeDefinition(description = "Threads that call observers", min = "2", max = "64")
        int observer_threads() default 4;

        /**
         * How long a driver that goes is waited for.
         *
         * @return milliseconds, 0 to 2000
         */
        @AttributeDefinition(description = "Time for a driver to stop, in milliseconds", min = "0", max = "2000")
        int stop_wait_ms() default 2000;

        /**
         * The pause after a failed start of a driver; it doubles with each.
         *
         * @return seconds, 1 to 3600
         */
        @AttributeDefinition(
                description = "Pause after a failed start of a driver, in seconds",
                min = "1",
                max = "3600")
        int retry_first_s() default 5;

        /**
         * The longest pause between two starts of a driver.
         *
         * @return seconds, {@link #retry_first_s} to 3600
         */
        @AttributeDefinition(
                description = "Longest pause between starts of a driver, in seconds",
                min = "1",
                max = "3600")
        int retry_longest_s() default 60;

        /**
         * How long the points of a driver that has gone stay listed, BAD, for its successor.
         *
         * @return seconds, 0 to 3600
         */
        @AttributeDefinition(
                description = "Time that the points of a driver that has gone stay listed, in seconds",
                min = "0",
                max = "3600")
        int linger_s() default 30;

        /**
         * How long the points that a bundle holds wait for it to come back, until they get their safe values.
         *
         * @return seconds, 1 to 600
         */
        @AttributeDefinition(
                description = "Time for a bundle that holds points to come back, in seconds",
                min = "1",
                max = "600")
        int takeover_s() default 30;
    }

    private final PointSettings settings;
    private final PointStore store;
    private final DriverRegistry drivers;
    private final ObserverPool pool;
    private final Timer timer;
    private final PointOverrides overrides = new PointOverrides();
    private final WriteLog writeLog;
    private final Holds holds;
    private final SessionEnds sessions;
    private final Consumer<String> sessionEnded;
    private final SynchronousBundleListener stopListener = this::bundleChanged;
    private final String epoch = UUID.randomUUID().toString();

    /**
     * Starts the points.
     *
     * @param context gets the services of drivers
     * @param sessions tells when a client is lost
     * @param config the limits
     * @throws IllegalArgumentException if a limit is out of its range
     */
    @Activate
    public PointGateway(BundleContext context, @Reference SessionEnds sessions, Config config) {
        this(
                PointSettings.of(config),
                ServiceSource.of(context),
                new TimerThread("fieldgate-points-timer"),
                Clock.systemUTC(),
                PointGateway::jitter,
                sessions);
        context.addBundleListener(stopListener);
    }

    PointGateway(
            PointSettings settings,
            ServiceSource<Driver> source,
            Timer timer,
            Clock clock,
            Supplier<Duration> jitter,
            SessionEnds sessions) {
        this.settings = settings;
        this.timer = timer;
        this.store = new PointStore(settings.ringSamples(), clock, timer::nanoTime);
        this.pool = new ObserverPool(settings.observerThreads());
        this.drivers = new DriverRegistry(new DriverParts(store, timer, settings, source, jitter, overrides));
        this.writeLog = new WriteLog(new PoolShare(pool, 1));
        this.holds = new Holds(timer, settings.takeover(), sessions::isOpen, writeLog, this::writeSafe);
        this.sessions = sessions;
        this.sessionEnded = holds::sessionEnded;
        sessions.listen(sessionEnded);
    }

    /** Stops the drivers and lets the observers go. */
    @Deactivate
    void deactivate(BundleContext context) {
        context.removeBundleListener(stopListener);
        close();
    }

    void close() {
        shutDown();
        sessions.forget(sessionEnded);
        drivers.close();
        timer.close();
        pool.close();
    }

    /** Sets what is held to its safe values. */
    void shutDown() {
        holds.shutDown(SHUTDOWN_WAIT);
    }

    /** The framework stops: no driver has gone yet. */
    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            shutDown();
        }
    }

    private boolean writeSafe(PointId point, Value value, WriteCall.End end) {
        Optional<PointInfo> info = store.info(point);
        return info.isPresent()
                && drivers.serving(point.driver())
                        .filter(slot -> slot.urge(driver -> new WriteCall(slot, driver, store, info.get(), value, end)))
                        .isPresent();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        writeLog.bind(service);
    }

    void unbindAudit(Audit service) {
        writeLog.unbind(service);
    }

    // By reference alone: with the service as a second parameter it would be got, and its constructor run, in this
    // event.
    @Reference(
            service = Driver.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updatedDriver")
    void bindDriver(ServiceReference<Driver> reference) {
        drivers.add(reference);
    }

    void updatedDriver(ServiceReference<Driver> reference) {
        drivers.change(reference);
    }

    void unbindDriver(ServiceReference<Driver> reference) {
        drivers.remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindOverride(ServiceReference<PointOverride> reference, PointOverride override) {
        overrides.add(reference, override);
        drivers.devicesChanged();
    }

    void unbindOverride(ServiceReference<PointOverride> reference) {
        overrides.remove(reference);
        drivers.devicesChanged();
    }

    String epoch() {
        return epoch;
    }

    PointSettings settings() {
        return settings;
    }

    PointStore store() {
        return store;
    }

    DriverRegistry drivers() {
        return drivers;
    }

    Holds holds() {
        return holds;
    }

    WriteLog writeLog() {
        return writeLog;
    }

    ObserverPool pool() {
        return pool;
    }

    private static Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(MOST_JITTER_MILLIS));
    }
}
