package io.fieldgate.launcher;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.condition.Condition;
import org.osgi.service.log.LogService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework with the shipped bundles in it. */
final class GatewayFramework {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayFramework.class);

    private final Framework framework;
    private final List<ShippedBundle> shipped;

    private GatewayFramework(Framework framework, List<ShippedBundle> shipped) {
        this.framework = framework;
        this.shipped = shipped;
    }

    /**
     * Makes the framework and installs what was shipped; nothing is started yet.
     *
     * @param http where to listen, if the command line said so
     */
    static GatewayFramework create(Distribution distribution, Home home, Optional<String> http)
            throws IOException, BundleException {
        List<ShippedBundle> shipped = distribution.bundles();
        FrameworkLog log = new FrameworkLog();
        Map<String, Object> properties = new HashMap<>(distribution.frameworkProperties());
        properties.putAll(properties(distribution, home, shipped));
        http.ifPresent(address -> properties.put(Gateway.HTTP, address));
        properties.put("felix.log.logger", log);
        Framework framework = new Felix(properties);
        framework.init();
        BundleContext context = framework.getBundleContext();
        context.addFrameworkListener(log);
        context.registerService(
                new String[] {LogService.class.getName(), org.osgi.service.log.LoggerFactory.class.getName()},
                new OsgiLog(),
                null);
        install(context, distribution.lib(), shipped, DesiredBundles.read(home.data()));
        return new GatewayFramework(framework, shipped);
    }

    private static Map<String, String> properties(Distribution distribution, Home home, List<ShippedBundle> shipped) {
        return Map.of(
                Gateway.HOME,
                home.toString(),
                Gateway.DISTRIBUTION,
                distribution.root().toString(),
                Constants.FRAMEWORK_STORAGE,
                home.cache().toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                // The installer runs two versions of a bundle side by side while one is on probation.
                Constants.FRAMEWORK_BSNVERSION,
                Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                Integer.toString(lastLevel(shipped)),
                // The home's lock covers the cache; our own hook stops the framework; nobody needs OSGi's URL handlers.
                "felix.cache.locking",
                "false",
                "felix.shutdown.hook",
                "false",
                "felix.service.urlhandlers",
                "false",
                "felix.log.level",
                "2");
    }

    private static int lastLevel(List<ShippedBundle> shipped) {
        return shipped.stream().mapToInt(ShippedBundle::startLevel).max().orElse(1);
    }

    /** What was updated takes the place of what was shipped, which is installed too, as the last, so that it can come back. */
    private static void install(BundleContext context, Path lib, List<ShippedBundle> shipped, DesiredBundles desired)
            throws BundleException {
        List<ShippedBundle> replaced = new ArrayList<>();
        for (ShippedBundle bundle : shipped) {
            Path jar = lib.resolve(bundle.file());
            Optional<Path> other = desired.insteadOf(bundle, jar);
            start(install(context, other.orElse(jar), bundle.startLevel()));
            if (other.isPresent()) {
                replaced.add(bundle);
            }
        }
        for (Path jar : desired.besides(shipped)) {
            start(install(context, jar, lastLevel(shipped)));
        }
        for (ShippedBundle bundle : replaced) {
            install(context, lib.resolve(bundle.file()), bundle.startLevel());
        }
    }

    /** Installed by reference: the jar is read where it lies, not copied. */
    private static Bundle install(BundleContext context, Path jar, int startLevel) throws BundleException {
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        return bundle;
    }

    private static void start(Bundle bundle) throws BundleException {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    /**
     * Starts the bundles, level by level, and returns when the last level is reached. A bundle that fails is logged. One that
     * hangs is logged when patience runs out, and then this returns all the same, without those behind it.
     */
    void start(Duration patience) throws InterruptedException {
        Thread starter = new Thread(this::startFramework, "fieldgate-start");
        starter.setDaemon(true);
        starter.start();
        starter.join(patience.toMillis());
        if (starter.isAlive()) {
            LOG.error("not started after {} s: {} hangs", patience.toSeconds(), bundlesIn(Bundle.STARTING));
        }
    }

    private void startFramework() {
        try {
            framework.start();
        } catch (BundleException e) {
            LOG.error("the framework cannot be started", e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    List<ShippedBundle> shipped() {
        return shipped;
    }

    /** Registers one of the conditions that {@link Gateway} names. */
    void announce(String condition) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(Condition.CONDITION_ID, condition));
        context().registerService(Condition.class, Condition.INSTANCE, properties);
    }

    /** Waits without limit until the framework has stopped, whoever stops it. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /**
     * Stops the framework.
     *
     * @return whether it has stopped in time
     */
    boolean stop(long waitMs) throws BundleException, InterruptedException {
        framework.stop();
        return framework.waitForStop(waitMs).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }

    /** The symbolic names of what was shipped and does not run, in no version; an update or a file in {@code deploy/} may have replaced it. */
    List<String> missing() {
        BundleContext context = framework.getBundleContext();
        Set<String> sound = context == null
                ? Set.of()
                : Arrays.stream(context.getBundles())
                        .filter(GatewayFramework::isSound)
                        .map(Bundle::getSymbolicName)
                        .collect(Collectors.toSet());
        return shipped.stream()
                .map(ShippedBundle::symbolicName)
                .filter(name -> !sound.contains(name))
                .distinct()
                .toList();
    }

    /** A fragment never starts, and a lazy bundle not before it is used. */
    private static boolean isSound(Bundle bundle) {
        Dictionary<String, String> headers = bundle.getHeaders("");
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> true;
            case Bundle.RESOLVED -> headers.get(Constants.FRAGMENT_HOST) != null;
            case Bundle.STARTING ->
                String.valueOf(headers.get(Constants.BUNDLE_ACTIVATIONPOLICY)).startsWith(Constants.ACTIVATION_LAZY);
            default -> false;
        };
    }

    /** The symbolic names of the bundles that are in a state now. */
    List<String> bundlesIn(int state) {
        BundleContext context = framework.getBundleContext();
        return context == null
                ? List.of()
                : Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == state)
                        .map(Bundle::getSymbolicName)
                        .toList();
    }
}
