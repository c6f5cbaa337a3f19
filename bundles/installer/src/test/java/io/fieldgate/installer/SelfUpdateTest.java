package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.Installer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.monitor.FileAlterationObserver;
import org.apache.felix.scr.impl.Activator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/** The installer as a bundle of its own, run by the real SCR, and replaced by itself. */
class SelfUpdateTest {

    private static final String SELF = "io.fieldgate.installer";

    @TempDir
    private Path home;

    private TestFramework framework;

    @BeforeEach
    void start() throws BundleException, IOException, URISyntaxException {
        framework = new TestFramework(home);
        Files.createDirectories(home.resolve("deploy"));
        BundleContext context = framework.context();
        for (Class<?> type : List.of(
                Function.class,
                Promise.class,
                ServiceComponentRuntime.class,
                FileAlterationObserver.class,
                JsonFactory.class,
                Installer.class,
                Activator.class)) {
            install(context, jarOf(type));
        }
        install(context, installer("0.1.0", InstallerService.class.getName()));
        for (Bundle bundle : context.getBundles()) {
            bundle.start();
        }
        await().until(() -> isServedBy("0.1.0"));
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.close();
    }

    @Test
    void replacesItselfTwiceAndComesBackWhenTheFileGoes() throws Exception {
        drop(installer("7.0.0", InstallerService.class.getName()));
        await().until(() -> isServedBy("7.0.0"));

        drop(installer("7.1.0", InstallerService.class.getName()));
        await().until(() -> isServedBy("7.1.0"));
        await().until(() -> framework.bundles(SELF).size() == 2);

        Path pump = BundleJar.greeting("pump", "1.0").writeTo(home.resolve("pump.tmp"));
        Files.move(pump, home.resolve("deploy/pump.jar"), StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> framework.greetings("pump").equals(List.of("1.0.0")));

        Files.delete(home.resolve("deploy/installer.jar"));
        await().until(() -> isServedBy("0.1.0"));
        await().until(() -> framework.bundles(SELF).size() == 1);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
    }

    @Test
    void waitsForTheRoundOfAnInstallerThatSharesNoClassWithIt() throws Exception {
        BundleContext context = framework.context();
        List<ServiceReference<Semaphore>> locks = List.copyOf(context.getServiceReferences(Semaphore.class, null));
        assertEquals(1, locks.size(), "that of the installer that runs as a bundle");
        InstallerService other = new InstallerService(
                context,
                new Settings(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO, 5, 1_000_000),
                Clock.systemUTC());
        Semaphore round = context.getService(locks.get(0));
        round.acquire();
        try {
            other.round();
            assertEquals(List.of(), conditions(context.getBundle()), "it has not looked at the folder");
        } finally {
            round.release();
        }

        await().until(() -> {
            other.round();
            return conditions(context.getBundle()).size() == 1;
        });
        other.deactivate();
    }

    @Test
    void comesBackWhenItsSuccessorOffersNoInstallerAndTriesThatOneOnlyOnce() throws Exception {
        long firstTry = framework.context().getBundles().length;
        drop(installer("7.0.0", "no.such.Component"));
        await().until(() -> isServedBy("0.1.0") && !failures().isEmpty());

        assertEquals(List.of("it has started but offers no Installer"), failures());
        assertEquals(1, framework.bundles(SELF).size());
        assertEquals(firstTry + 1, framework.ship(BundleJar.named("next")).getBundleId());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private boolean isServedBy(String version) {
        return framework
                .active(SELF)
                .filter(bundle -> bundle.getVersion().toString().equals(version))
                .filter(bundle -> bundle.getRegisteredServices() != null)
                .isPresent();
    }

    /** The conditions that a bundle has registered, of an installer that has been through its first round. */
    private static List<ServiceReference<?>> conditions(Bundle bundle) {
        return Arrays.stream(bundle.getRegisteredServices())
                .filter(service ->
                        service.getProperty(Condition.CONDITION_ID) instanceof String id && id.equals(Gateway.DEPLOYED))
                .collect(Collectors.toList());
    }

    /** Asks by reflection, for the bundle's API classes are not those of the test. */
    private List<String> failures() throws ReflectiveOperationException {
        ServiceReference<?> reference = Arrays.stream(
                        framework.active(SELF).orElseThrow().getRegisteredServices())
                .filter(known -> List.of((String[]) known.getProperty(Constants.OBJECTCLASS))
                        .contains(Installer.class.getName()))
                .findFirst()
                .orElseThrow();
        Object service = framework.context().getService(reference);
        List<?> failed = (List<?>) service.getClass().getMethod("failures").invoke(service);
        return failed.stream().map(SelfUpdateTest::reason).toList();
    }

    private static String reason(Object failure) {
        return failure.toString().replaceAll(".*reason=([^,]*),.*", "$1");
    }

    private void drop(Path jar) throws IOException {
        Files.move(jar, home.resolve("deploy/installer.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void install(BundleContext context, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            context.installBundle(jar.toString(), in);
        }
    }

    /** A class's jar; the API's classes may come as a folder when the whole project is built. */
    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** This very build as a jar of another version. */
    private Path installer(String version, String component) throws IOException, URISyntaxException {
        Path classes = jarOf(InstallerService.class);
        Manifest manifest;
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        Path jar = home.resolve("installer-" + version + ".tmp");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString();
                if (name.startsWith("META-INF")) {
                    continue;
                }
                entries.putNextEntry(new JarEntry(name));
                if (name.endsWith(".xml")) {
                    String xml = Files.readString(file)
                            .replace(InstallerService.class.getName() + "\"/>", component + "\"/>")
                            .replace(
                                    "\"probation.s\" type=\"Integer\" value=\"10\"",
                                    "\"probation.s\" type=\"Integer\" value=\"1\"");
                    entries.write(xml.getBytes(StandardCharsets.UTF_8));
                } else {
                    Files.copy(file, entries);
                }
                entries.closeEntry();
            }
        }
        return jar;
    }
}
