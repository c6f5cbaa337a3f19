package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.transport.http.served.ServedBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

/** A framework with what the port needs, and a bundle that serves something by it. */
final class InFelix implements AutoCloseable {

    /** Property: there is somebody who knows users. */
    static final String SECURITY = "served.security";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Framework framework;
    private final Bundle transport;
    private final Bundle security;
    private final Bundle served;
    private final Bundle replaced;

    InFelix(Path folder, Map<String, String> properties) throws BundleException, IOException, ClassNotFoundException {
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        configuration.put("org.apache.felix.http.require.config", "true");
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.slf4j;version=2.0.17,org.slf4j.spi;version=2.0.17,org.slf4j.helpers;version=2.0.17,"
                        + "org.slf4j.event;version=2.0.17,org.apache.commons.fileupload;version=1.6.0,"
                        + "org.apache.commons.fileupload.disk;version=1.6.0");
        framework = new org.apache.felix.framework.FrameworkFactory().newFramework(configuration);
        framework.start();
        for (String name : List.of(
                "org.osgi.util.function.Function",
                "org.osgi.util.promise.Promise",
                "org.osgi.service.component.ComponentConstants",
                "org.apache.felix.cm.impl.ConfigurationManager",
                "org.apache.felix.scr.impl.Activator",
                "jakarta.servlet.Servlet",
                "org.apache.felix.http.jetty.ConnectorFactory",
                "io.fieldgate.api.gateway.Gateway")) {
            install(locationOf(Class.forName(name, false, InFelix.class.getClassLoader())));
        }
        replaced = install(jar(folder, "replaced", List.of("ReplacedBundle", "ServedServlet")));
        served = install(
                jar(folder, "served", List.of("ServedBundle", "ServedServlet", "ServedUpgrade", "ServedConnection")));
        security = install(jar(folder, "security", List.of("ServedSecurity")));
        if (!properties.containsKey(SECURITY)) {
            security.stop();
        }
        transport = install(locationOf(HttpTransport.class));
    }

    /** Says that the gateway is ready. */
    void ready() {
        Hashtable<String, Object> id = new Hashtable<>();
        id.put(Condition.CONDITION_ID, Gateway.READY);
        framework.getBundleContext().registerService(Condition.class, Condition.INSTANCE, id);
    }

    Bundle transport() {
        return transport;
    }

    Bundle security() {
        return security;
    }

    /** Serves pages, servlets and what asks for an upgrade. */
    Bundle served() {
        return served;
    }

    /** Serves what tests replace. */
    Bundle replaced() {
        return replaced;
    }

    /** Says that bundles are being replaced; returns when those who serve for them are ready for that. */
    ServiceRegistration<?> replacing(Bundle... bundles) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, Gateway.REPLACING);
        properties.put(
                Gateway.REPLACED_BUNDLES,
                Stream.of(bundles).map(Bundle::getBundleId).toArray(Long[]::new));
        return framework.getBundleContext().registerService(Condition.class, Condition.INSTANCE, properties);
    }

    boolean isAnnounced(String condition) {
        return !references(condition).isEmpty();
    }

    /** Waits for a condition, and returns one of its properties. */
    String announced(String condition, String property) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> references(condition), found -> !found.isEmpty())
                .get(0)
                .getProperty(property)
                .toString();
    }

    /** Gives the transport a configuration, as the configuration service does. */
    void configure(Map<String, Object> values) throws Exception {
        configure(HttpTransport.PID, values);
    }

    /** Gives a component of the transport a configuration. */
    void configure(String pid, Map<String, Object> values) throws Exception {
        // The service's classes are those of its bundle, not the test's: they are met by reflection.
        ServiceReference<?> reference =
                framework.getBundleContext().getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Object admin = framework.getBundleContext().getService(reference);
        Class<?> type = admin.getClass().getClassLoader().loadClass("org.osgi.service.cm.ConfigurationAdmin");
        Object configuration =
                type.getMethod("getConfiguration", String.class, String.class).invoke(admin, pid, "?");
        Class<?> configurationType = type.getClassLoader().loadClass("org.osgi.service.cm.Configuration");
        configurationType.getMethod("update", Dictionary.class).invoke(configuration, new Hashtable<>(values));
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> framework.getState() != Bundle.ACTIVE && framework.getState() != Bundle.STOPPING);
    }

    private List<ServiceReference<Condition>> references(String condition) {
        try {
            String filter = "(" + Condition.CONDITION_ID + "=" + condition + ")";
            return List.copyOf(framework.getBundleContext().getServiceReferences(Condition.class, filter));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(condition, e);
        }
    }

    private Bundle install(String location) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle(location);
        bundle.start();
        return bundle;
    }

    /** Where a class comes from: a jar, or the folder that the build has just filled. */
    private static String locationOf(Class<?> type) {
        URL source = type.getProtectionDomain().getCodeSource().getLocation();
        return "reference:" + source;
    }

    /** A bundle of classes of the package {@code served}, of which the first is the activator. */
    private static String jar(Path folder, String id, List<String> classes) throws IOException {
        String path = ServedBundle.class.getPackageName().replace('.', '/') + '/';
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, id);
        headers.putValue(Constants.BUNDLE_ACTIVATOR, path.replace('/', '.') + classes.get(0));
        headers.putValue(
                Constants.IMPORT_PACKAGE,
                "io.fieldgate.api.data,io.fieldgate.api.security,jakarta.servlet,jakarta.servlet.http,"
                        + "org.eclipse.jetty.ee10.servlet,org.eclipse.jetty.io,"
                        + "org.eclipse.jetty.server,org.eclipse.jetty.util,org.eclipse.jetty.util.thread,"
                        + "org.osgi.framework,org.osgi.service.servlet.whiteboard");
        Path jar = folder.resolve(id + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (String name : classes) {
                entries.putNextEntry(new JarEntry(path + name + ".class"));
                try (InputStream in = ServedBundle.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(entries);
                }
            }
            entries.putNextEntry(new JarEntry("web/hello.txt"));
            entries.write("a page".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        return jar.toUri().toString();
    }
}
