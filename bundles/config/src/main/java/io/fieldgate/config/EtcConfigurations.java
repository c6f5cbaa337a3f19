package io.fieldgate.config;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
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
@Component(
        immediate = true,
        service = {})
public final class EtcConfigurations {

    private static final Logger LOG = LoggerFactory.getLogger(EtcConfigurations.class);

    private static final long ROUND_MS = 500;
    private static final long STOP_MS = 1_000;
    private static final int RESOLVED = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final EtcFiles files;
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
        files = new EtcFiles(
                new EtcFolder(Path.of(context.getProperty(Gateway.HOME), "etc")),
                declarations,
                new ConfigurationStore(configurations),
                new ComponentProbe(components),
                System::nanoTime);
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
