package io.fieldgate.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one bundle in the place of another, or everything back as it was.
 *
 * <p>The new bundle is installed and resolved beside the old one, then the old one is stopped and the new one started. A new
 * bundle that does not start, or hangs, cannot keep the old one from coming back. An old bundle that was deployed is
 * uninstalled at the end; a shipped one stays, stopped, so that it can come back.
 *
 * <p><b>Threading.</b> For one thread at a time, which may outlive the installer's own bundle: all is done by means of the
 * framework's bundle context, so the installer can be replaced by itself.
 */
final class Replacement {

    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final BundleContext framework;
    private final BundleCall calls;
    private final StartCheck check;
    private final Rollback rollback;

    Replacement(BundleContext framework, BundleCall calls, StartCheck check, Rollback rollback) {
        this.framework = framework;
        this.calls = calls;
        this.check = check;
        this.rollback = rollback;
    }

    /** Says whether a bundle that has started can stay. */
    @FunctionalInterface
    interface StartCheck {
        /** Looks at the bundle and throws if the old one must come back. */
        void verify(Bundle started) throws DeployException;
    }

    /** Is told of a failure before the old bundle is started again. */
    @FunctionalInterface
    interface Rollback {
        /** Takes note of the failure. */
        void begins(BundleFile next, DeployException failure);
    }

    /**
     * Replaces a bundle, or installs one that is new.
     *
     * @param next the new bundle, which was verified
     * @param current the bundle that it takes the place of, or empty
     * @throws DeployException with the reason, when everything is as it was
     */
    void replace(BundleFile next, Optional<Bundle> current) throws DeployException {
        Bundle fresh = install(next);
        boolean ran =
                current.filter(bundle -> bundle.getState() == Bundle.ACTIVE).isPresent();
        try {
            resolve(fresh);
            if (current.isPresent()) {
                stop(current.get());
            }
            start(fresh);
            check.verify(fresh);
        } catch (DeployException e) {
            rollback.begins(next, e);
            discard(fresh);
            if (ran) {
                restart(current.get());
            }
            throw e;
        }
        setLevel(fresh, current);
        LOG.info(
                "{} from deploy/{} runs{}",
                next,
                next.fileName(),
                current.map(old -> " in place of " + name(old)).orElse(""));
        // The last thing done, for it may be this very bundle.
        current.filter(Inventory::isDeployed).ifPresent(this::discard);
    }

    /**
     * Takes a deployed bundle away and starts the one that it has taken the place of.
     *
     * @param deployed the bundle to be uninstalled
     * @param shipped the bundle to come back, or empty if there is none
     */
    void remove(Bundle deployed, Optional<Bundle> shipped) {
        try {
            calls.stop(deployed);
        } catch (BundleException | TimeoutException e) {
            LOG.warn("{} is taken away though it did not stop well: {}", name(deployed), DeployException.reasonOf(e));
        }
        shipped.ifPresent(this::restart);
        LOG.info(
                "{} is uninstalled{}",
                name(deployed),
                shipped.map(back -> ", " + name(back) + " is back").orElse(""));
        discard(deployed);
    }

    private Bundle install(BundleFile next) throws DeployException {
        try (InputStream in = Files.newInputStream(next.jar())) {
            return framework.installBundle(next.location(), in);
        } catch (BundleException e) {
            throw DeployException.lasting("the framework refuses it: " + DeployException.reasonOf(e), e);
        } catch (IOException e) {
            throw DeployException.passing("its copy cannot be read: " + DeployException.reasonOf(e));
        }
    }

    /** Before anything is stopped, so that a bundle that lacks something costs nobody an interruption. */
    private void resolve(Bundle fresh) throws DeployException {
        if (framework.getBundle().adapt(FrameworkWiring.class).resolveBundles(List.of(fresh))) {
            return;
        }
        try {
            // It cannot start, but unlike the resolver this says why.
            calls.start(fresh);
        } catch (BundleException | TimeoutException e) {
            throw DeployException.passing("it does not resolve: " + missing(e));
        }
    }

    private void stop(Bundle old) throws DeployException {
        try {
            calls.stop(old);
        } catch (TimeoutException e) {
            throw DeployException.passing(name(old) + " cannot be replaced: " + e.getMessage());
        } catch (BundleException e) {
            // Stopped all the same, says the specification (OSGi Core 8, 10.1.4.23).
            LOG.warn("{} did not stop well: {}", name(old), DeployException.reasonOf(e));
        }
    }

    private void start(Bundle fresh) throws DeployException {
        try {
            calls.start(fresh);
        } catch (BundleException e) {
            throw DeployException.lasting("it does not start: " + DeployException.reasonOf(e), e);
        } catch (TimeoutException e) {
            throw DeployException.lasting("it does not start: " + e.getMessage(), e);
        }
    }

    private void restart(Bundle old) {
        try {
            calls.start(old);
        } catch (BundleException | TimeoutException e) {
            LOG.error("{} does not come back: {}", name(old), DeployException.reasonOf(e));
        }
    }

    private void discard(Bundle bundle) {
        try {
            calls.uninstall(bundle);
        } catch (BundleException | TimeoutException e) {
            LOG.error("{} stays until the next start: {}", name(bundle), DeployException.reasonOf(e));
        }
    }

    /** Once it runs: the framework's start level thread looks at the bundle then, and would wait for one that hangs. */
    private void setLevel(Bundle fresh, Optional<Bundle> current) {
        int level = current.map(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel())
                .orElseGet(() ->
                        framework.getBundle().adapt(FrameworkStartLevel.class).getStartLevel());
        if (level > 0) {
            fresh.adapt(BundleStartLevel.class).setStartLevel(level);
        }
    }

    /** What is missing, out of Felix's long sentence. */
    private static String missing(Exception failure) {
        String text = DeployException.reasonOf(failure);
        int from = text.indexOf("missing requirement");
        int to = text.indexOf(" Unresolved requirements:");
        return from < 0 ? text : text.substring(from, to < from ? text.length() : to);
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }
}
