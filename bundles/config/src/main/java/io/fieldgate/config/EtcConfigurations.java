package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.ConfigurationTrial;
import io.fieldgate.api.gateway.Configurations;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures the gateway from {@code etc/}.
 *
 * <p>When the constructor returns, the files of all resolved bundles are applied; a bundle that is resolved later gets its files
 * before it is started. Then one thread looks for changes. When this stops, the configurations stay as they are.
 */
@Component(immediate = true, service = Configurations.class)
public final class EtcConfigurations implements Configurations {

    private static final Logger LOG = LoggerFactory.getLogger(EtcConfigurations.class);

    private static final long ROUND_MS = 500;
    private static final long STOP_MS = 1_000;
    private static final int RESOLVED = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    /** Framework property: how long a change waits to be confirmed, in seconds; tests have less time than people. */
    private static final String CONFIRM = "io.fieldgate.config.confirm.s";

    private static final int CONFIRM_S = 60;

    private final EtcFiles files;
    private final AtomicReference<Audit> audit = new AtomicReference<>();
    private final BundleTracker<Set<String>> bundles;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * Applies what is there and begins to watch.
     *
     * @throws IOException if {@code etc/} cannot be read
     */
    @Activate
    public EtcConfigurations(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference MetaTypeService metatypes,
            @Reference ServiceComponentRuntime components)
            throws IOException {
        Declarations declarations = new Declarations();
        Path home = Path.of(context.getProperty(Gateway.HOME));
        Path etc = home.resolve("etc");
        files = new EtcFiles(
                new EtcFolder(etc),
                new Means(
                        declarations,
                        new ConfigurationStore(configurations),
                        new ComponentProbe(components),
                        new ConfirmedFiles(etc, home.resolve("data").resolve("config")),
                        this::audit,
                        confirmation(context.getProperty(CONFIRM)),
                        System::nanoTime,
                        InstantSource.system()));
        bundles = new BundleTracker<>(context, RESOLVED, null) {
            @Override
            public Set<String> addingBundle(Bundle bundle, BundleEvent event) {
                return bundle.getEntryPaths("OSGI-INF/metatype") == null
                        ? null
                        : announce(declarations.add(bundle, metatypes));
            }

            @Override
            public void removedBundle(Bundle bundle, BundleEvent event, Set<String> pids) {
                announce(declarations.remove(bundle));
            }
        };
        bundles.open();
        files.begin();
        thread = new Thread(this::watch, "fieldgate-config");
        thread.setDaemon(true);
        // Not that of whoever happens to start this bundle.
        thread.setContextClassLoader(null);
        thread.start();
    }

    private static Duration confirmation(String given) {
        int seconds = given == null ? CONFIRM_S : Integer.parseInt(given);
        if (seconds < 1 || seconds > CONFIRM_S) {
            throw new IllegalArgumentException(
                    CONFIRM + "=" + given + " is not allowed: it must be from 1 to " + CONFIRM_S);
        }
        return Duration.ofSeconds(seconds);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit found) {
        audit.set(found);
    }

    void unbindAudit(Audit gone) {
        audit.compareAndSet(gone, null);
    }

    private void audit(String action, String file, Audit.Outcome outcome) {
        Audit there = audit.get();
        if (there != null) {
            there.record("gateway", "", action, file, outcome);
        }
    }

    @Override
    public List<ConfigurationFile> files() {
        return files.status();
    }

    @Override
    public List<String> check(Path file) throws IOException {
        return files.check(file);
    }

    @Override
    public ConfigurationTrial tryOut(Path file) throws IOException {
        return files.tryOut(file);
    }

    @Override
    public List<String> confirm() {
        return files.confirm();
    }

    private Set<String> announce(Set<String> pids) {
        // The tracker that is being closed reports each bundle as gone.
        if (!stopped) {
            files.redeclared(pids);
        }
        return pids;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(round() ? Trial.CONFIRM_MS : ROUND_MS);
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    /** Whether the next round should come soon. */
    private boolean round() throws InterruptedException {
        try {
            files.round();
            return files.tryOut();
        } catch (IOException | RuntimeException e) {
            // The watch goes on: what went wrong with one file may be cured in the next round.
            LOG.error("a round over etc/ went wrong", e);
            return false;
        }
    }

    /** Stops the watch. */
    @Deactivate
    public void stop() throws InterruptedException {
        stopped = true;
        bundles.close();
        thread.interrupt();
        thread.join(STOP_MS);
    }
}
