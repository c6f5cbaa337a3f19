package io.fieldgate.installer;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces bundles, on one thread, from the moment when the framework has started, or 30 s after its own start at the latest; and watches
 * {@code deploy/} of the home.
 *
 * <p>When it stops, what was installed runs on; when it comes back it looks again and restarts nothing that is unchanged. An update that is under
 * way is waited for up to 2 s and ends by itself in any case. When that update is the installer's own there is no waiting: its thread stops this
 * component and then starts the next.
 */
@Component(immediate = true, configurationPid = "io.fieldgate.installer")
@Designate(ocd = InstallerService.Config.class)
public final class InstallerService implements Installer {

    private static final Logger LOG = LoggerFactory.getLogger(InstallerService.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
    private static final int FIRST_ROUNDS_MAX = 3;

    private final BundleContext context;
    private final Parts parts;
    private final Semaphore roundLock;
    private final ScheduledThreadPoolExecutor executor;
    private final Duration poll;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<ServiceRegistration<Condition>> deployed = new AtomicReference<>();
    private final FrameworkListener whenStarted = this::frameworkEvent;
    private volatile boolean ended;
    private boolean owner; // of the installer's thread: whether the state was read since the lock was had
    private int rounds;

    /** Configuration of the installer. */
    @ObjectClassDefinition(name = "Fieldgate installer")
    public @interface Config {

        /**
         * How often the folder is looked at.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Time from one look at deploy/ to the next, in milliseconds",
                min = "100",
                max = "10000")
        int poll_ms() default 500;

        /**
         * How long a bundle may take to start or stop.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long a bundle may take to start or stop before it is rolled back, in seconds",
                min = "1",
                max = "300")
        int start_timeout_s() default 10;

        /**
         * How long a new version is looked at.
         *
         * @return seconds
         */
        @AttributeDefinition(
                description = "How long a new version runs on probation before it is committed, in seconds",
                min = "1",
                max = "3600")
        int probation_s() default 10;

        /**
         * How many errors are forgiven.
         *
         * @return errors
         */
        @AttributeDefinition(
                description = "How many errors of its handlers a new version may make during its probation",
                min = "0",
                max = "100000")
        int errors_max() default 5;

        /**
         * The largest jar.
         *
         * @return bytes
         */
        @AttributeDefinition(
                description = "The largest jar that is taken in, in bytes",
                min = "1024",
                max = "1073741824")
        int bundle_max_bytes() default 67108864;
    }

    /**
     * Begins to watch when the framework has started.
     *
     * @param context this bundle's context
     * @param config the configuration
     * @throws IOException if {@code deploy/} cannot be made
     */
    @Activate
    public InstallerService(BundleContext context, Config config) throws IOException {
        this(context, Settings.of(config), Clock.systemUTC());
        context.addFrameworkListener(whenStarted);
        if (context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE) {
            begin();
        } else {
            // A shipped bundle that hangs keeps the framework from starting, and deploy/ is how to replace others.
            var unused = executor.schedule(this::begin, LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        }
    }

    InstallerService(BundleContext context, Settings settings, Clock clock) throws IOException {
        this.context = context;
        poll = settings.poll();
        parts = Parts.of(context, settings, clock, () -> ended);
        roundLock = RoundLock.of(context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext());
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "fieldgate-installer", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Bundle.class.getClassLoader());
            return thread;
        });
        // What is planned for later must not hold up the stop.
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        parts.read();
        parts.trust().warning().ifPresent(LOG::warn);
    }

    @Deactivate
    void deactivate() {
        ended = true;
        context.removeFrameworkListener(whenStarted);
        executor.shutdown();
        ServiceRegistration<Condition> condition = deployed.getAndSet(null);
        if (condition != null) {
            condition.unregister();
        }
        parts.queue().clear().forEach(run -> parts.refuse(run, "the installer stops"));
        if (parts.engine().replacesItself()) {
            return;
        }
        try {
            if (!executor.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the installer stops, but an update that it has begun goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<InstalledBundle> bundles() {
        return parts.bundles();
    }

    @Override
    public List<FailedFile> failures() {
        return parts.deployment().failures();
    }

    @Override
    public StagedBundle stage(InputStream jar) throws UpdateException, IOException {
        return parts.staging().stage(jar);
    }

    @Override
    public Update update(List<StagedBundle> bundles, UpdateOptions options) throws UpdateException {
        return submit(parts.requests().update(bundles, options));
    }

    @Override
    public Update rollback(String symbolicName, UpdateOptions options) throws UpdateException {
        return submit(parts.requests().rollback(symbolicName, options));
    }

    @Override
    public List<Update> updates() {
        return parts.updates();
    }

    @Override
    public Optional<String> verify(Path file, Path signature, UpdateOptions options)
            throws UpdateException, IOException {
        return parts.trust().verify(file, signature, options);
    }

    @Override
    public List<String> complaints() {
        return parts.complaints();
    }

    private Update submit(UpdateRun run) throws UpdateException {
        if (run.state().isEnd()) {
            return run;
        }
        try {
            parts.queue().offer(run);
            executor.execute(this::round);
        } catch (UpdateException e) {
            parts.requests().release(run);
            throw e;
        } catch (RejectedExecutionException e) {
            parts.requests().release(run);
            throw new UpdateException(UpdateException.Reason.BUSY, "the installer stops; try again in a moment", e);
        }
        return run;
    }

    /** One look at what there is to do, on the installer's thread. */
    void round() {
        if (ended) {
            return;
        }
        if (!roundLock.tryAcquire()) {
            owner = false;
            parts.read();
            return;
        }
        try {
            if (!owner) {
                parts.takeOver();
                owner = true;
            }
            rounds++;
            parts.round(this::announce);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("updates could not be dealt with, next try in {} ms", poll.toMillis(), e);
        } finally {
            roundLock.release();
        }
        // A file that never settles must not hold up the start for ever.
        if (!parts.deployment().unsettled() || rounds >= FIRST_ROUNDS_MAX) {
            announce();
        }
    }

    /** Says that what lay in {@code deploy/} has been dealt with. */
    private void announce() {
        if (!ended && deployed.get() == null) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Condition.CONDITION_ID, Gateway.DEPLOYED);
            deployed.set(context.registerService(Condition.class, Condition.INSTANCE, properties));
        }
    }

    private void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            begin();
        }
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            // A round catches and logs what it throws.
            var unused = executor.scheduleWithFixedDelay(this::round, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
