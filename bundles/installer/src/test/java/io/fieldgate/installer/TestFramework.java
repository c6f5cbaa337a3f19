package io.fieldgate.installer;

import io.fieldgate.api.gateway.Gateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A real framework within the test's own process. */
final class TestFramework {

    private static final long LONGEST_STOP_MS = 10_000;

    private final Framework framework;

    TestFramework(Path home) throws BundleException {
        this(home, "org.slf4j;version=2.0.17");
    }

    /** One that gives the bundles packages of the test's class path. */
    TestFramework(Path home, String packages) throws BundleException {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages);
        properties.put(Gateway.HOME, home.toString());
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs and starts a bundle as the launcher does. */
    Bundle ship(BundleJar jar) throws BundleException, IOException {
        byte[] bytes = jar.bytes();
        String location = "shipped:" + Arrays.hashCode(bytes);
        Bundle bundle = context().installBundle(location, new ByteArrayInputStream(bytes));
        bundle.start();
        return bundle;
    }

    /** The versions of a test bundle that run, as they say themselves. */
    List<String> greetings(String symbolicName) {
        try {
            Collection<ServiceReference<String>> found =
                    context().getServiceReferences(String.class, "(greeting=" + symbolicName + ')');
            return found.stream().map(context()::getService).sorted().toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The bundles of a name, in any state. */
    List<Bundle> bundles(String symbolicName) {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .toList();
    }

    Optional<Bundle> active(String symbolicName) {
        return bundles(symbolicName).stream()
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .findFirst();
    }

    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(LONGEST_STOP_MS);
    }
}
