package io.fieldgate.installer;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
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
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches {@code deploy/} of the home on one thread, from the moment when the framework has started, or 30 s after its own start
 * at the latest.
 *
 * <p>When it stops, what was deployed runs on; when it comes back it looks again and restarts nothing that is unchanged. A
 * replacement that is under way is waited for up to 2 s and ends by itself in any case. When that replacement is the
 * installer's own there is no waiting: its thread stops this component and then starts the next.
 */
@Component(immediate = true, configurationPid = "io.fieldgate.installer")
@Designate(ocd = InstallerService.Config.class)
public final class InstallerService implements Installer {

    private static final Logger LOG = LoggerFactory.getLogger(InstallerService.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
    private static final int FIRST_ROUNDS_MAX = 3;

    private final BundleContext context;
    private final String self;
    private final Semaphore roundLock;
    private final Deployment deployment;
    private final ScheduledThreadPoolExecutor executor;
    private final Duration poll;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<ServiceComponentRuntime> components = new AtomicReference<>();
    private final Store store;
    private final AtomicReference<ServiceRegistration<Condition>> deployed = new AtomicReference<>();
    private final FrameworkListener whenStarted = this::frameworkEvent;
    private volatile boolean ended;
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
        this(context, config.poll_ms(), config.start_timeout_s(), Clock.systemUTC());
        context.addFrameworkListener(whenStarted);
        if (context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.ACTIVE) {
            begin();
        } else {
            // A shipped bundle that hangs keeps the framework from starting, and deploy/ is how to replace others.
            var unused = executor.schedule(this::begin, LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        }
    }

    InstallerService(BundleContext context, int pollMs, int startTimeoutS, Clock clock) throws IOException {
        poll = Duration.ofMillis(within("poll.ms", pollMs, 100, 10_000));
        Duration limit = Duration.ofSeconds(within("start.timeout.s", startTimeoutS, 1, 300));
        String home = context.getProperty(Gateway.HOME);
        if (home == null) {
            throw new IllegalStateException("framework property " + Gateway.HOME + " is not set");
        }
        this.context = context;
        self = context.getBundle().getSymbolicName();
        store = new Store(Path.of(home, "data", "store"));
        BundleContext framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        roundLock = RoundLock.of(framework);
        Failures failures = new Failures(clock);
        Path folder = Files.createDirectories(Path.of(home, "deploy"));
        deployment = new Deployment(
                new Deployment.Parts(
                        new DeployFolder(folder, clock),
                        store,
                        new Inventory(framework),
                        new Verification(),
                        new Replacement(framework, new BundleCall(limit), new SelfCheck(framework, self), this::mark),
                        failures,
                        new ComponentReport(() -> Optional.ofNullable(components.get()))),
                self,
                () -> ended);
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "fieldgate-installer", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Bundle.class.getClassLoader());
            return thread;
        });
        // What is planned for later must not hold up the stop.
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindComponents(ServiceComponentRuntime runtime) {
        components.set(runtime);
    }

    void unbindComponents(ServiceComponentRuntime runtime) {
        components.compareAndSet(runtime, null);
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
        if (deployment.replacesItself()) {
            return;
        }
        try {
            if (!executor.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the installer stops, but a replacement that it has begun goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<InstalledBundle> bundles() {
        return deployment.bundles();
    }

    @Override
    public List<FailedFile> failures() {
        return deployment.failures();
    }

    @Override
    public io.fieldgate.api.gateway.StagedBundle stage(java.io.InputStream jar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.fieldgate.api.gateway.Update update(
            List<io.fieldgate.api.gateway.StagedBundle> bundles, io.fieldgate.api.gateway.UpdateOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public io.fieldgate.api.gateway.Update rollback(
            String symbolicName, io.fieldgate.api.gateway.UpdateOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<io.fieldgate.api.gateway.Update> updates() {
        return List.of();
    }

    @Override
    public Optional<String> verify(Path file, Path signature, io.fieldgate.api.gateway.UpdateOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }

    /** One look at the folder, on the installer's thread. */
    void round() {
        if (ended || !roundLock.tryAcquire()) {
            return;
        }
        try {
            rounds++;
            deployment.round();
        } catch (RuntimeException e) {
            LOG.error("deploy/ could not be dealt with, next try in {} ms", poll.toMillis(), e);
        } finally {
            roundLock.release();
        }
        // A file that never settles must not hold up the start for ever.
        if (!ended && deployed.get() == null && (!deployment.unsettled() || rounds >= FIRST_ROUNDS_MAX)) {
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

    private void mark(BundleFile next, DeployException failure) {
        if (!failure.lasting()) {
            return;
        }
        try {
            store.markFailed(next.sha256(), next.modified(), failure.getMessage());
        } catch (IOException e) {
            LOG.warn("deploy/{} will be tried again at the next start: {}", next.fileName(), e.toString());
        }
    }

    private static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " must be " + min + " to " + max + ", is " + value);
        }
        return value;
    }
}
