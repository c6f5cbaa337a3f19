package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
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
import org.osgi.framework.ServiceReference;

/** Probation with the real SCR and bundles that have nothing in common with the test but what the framework exports. */
class ProbationInFelixTest {

    /** As the launcher exports them, SLF4J in both of its versions. */
    private static final String PACKAGES = "org.slf4j;version=2.0.17,org.slf4j;version=1.7.36,"
            + "org.slf4j.helpers;version=1.7.36,org.osgi.service.component;version=1.5.1,"
            + "org.osgi.service.component.runtime;version=1.5,org.osgi.service.component.runtime.dto;version=1.5,"
            + "org.osgi.util.function;version=1.2,org.osgi.util.promise;version=1.3";

    @TempDir
    private Path home;

    private TestFramework framework;
    private Probation probation;

    @BeforeEach
    void start() throws Exception {
        framework = new TestFramework(home, PACKAGES);
        install(Activator.class);
        probation = new Probation(framework.context(), 5, Duration.ofSeconds(10), System::nanoTime);
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.close();
    }

    @Test
    void missesWhatANewVersionMisses() throws Exception {
        Bundle old = framework.ship(component("1.0", FailingComponent.class, ""));
        Baseline before = probation.baseline();
        old.stop();
        Bundle fresh = framework.ship(
                component("2.0", FailingComponent.class, "<reference name=\"x\" interface=\"org.example.Pipe\"/>"));

        until().until(() -> probation
                .look(before, List.of(fresh))
                .equals(new Verdict(List.of(), List.of("Pump of pump misses org.example.Pipe"))));
        old.start();
        fresh.uninstall();
        until().until(() -> probation.look(before, List.of()).equals(new Verdict(List.of(), List.of())));
    }

    @Test
    void namesTheRootOfAFailure() throws Exception {
        Baseline before = probation.baseline();
        Bundle fresh = framework.ship(component("2.0", FailingComponent.class, ""));
        assertEquals(
                new Verdict(List.of(), List.of()), probation.look(before, List.of(fresh)), "nobody has asked for it");

        assertNull(framework.context().getService(pump()));

        assertEquals(
                new Verdict(List.of("Pump of pump failed: java.lang.IllegalStateException: no motor"), List.of()),
                probation.look(before, List.of(fresh)));
    }

    @Test
    void isNotHeldUpByAComponentThatHangs() throws Exception {
        Baseline before = probation.baseline();
        Bundle fresh = framework.ship(component("2.0", HangingComponent.class, ""));
        ServiceReference<?> pump = pump();
        Thread caller = new Thread(() -> framework.context().getService(pump), "test-hangs");
        caller.start();
        until().until(() -> caller.getState() == Thread.State.WAITING);

        try {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> probation.look(before, List.of(fresh)));
        } finally {
            caller.interrupt();
            caller.join(10_000);
        }
    }

    @Test
    void asksAHealthCheckOfABundleThatSharesNoClassWithIt() throws Exception {
        install(HealthCheck.class);
        Baseline before = probation.baseline();
        Bundle fresh = framework.ship(BundleJar.named("pump")
                .header("Import-Package", "org.osgi.framework,org.apache.felix.hc.api")
                .activator(DryCheck.class));

        until().until(() -> probation
                .look(before, List.of(fresh))
                .pending()
                .equals(List.of("health check dry of pump is CRITICAL: the pump runs dry")));
    }

    private ServiceReference<?> pump() {
        return framework.context().getServiceReference(Runnable.class);
    }

    private static ConditionFactory until() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    /** A bundle with a component that is made when somebody asks for it. */
    private static BundleJar component(String version, Class<?> type, String reference) throws IOException {
        String xml = "<component xmlns=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"Pump\">"
                + "<implementation class=\"" + type.getName() + "\"/>"
                + "<service><provide interface=\"java.lang.Runnable\"/></service>" + reference + "</component>";
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
            return BundleJar.named("pump")
                    .version(version)
                    .header("Service-Component", "OSGI-INF/pump.xml")
                    .header(
                            "Require-Capability",
                            "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.3.0))\"")
                    .entry("OSGI-INF/pump.xml", xml.getBytes(StandardCharsets.UTF_8))
                    .entry(file, in.readAllBytes());
        }
    }

    private void install(Class<?> type) throws BundleException, IOException, URISyntaxException {
        BundleContext context = framework.context();
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (InputStream in = Files.newInputStream(jar)) {
            context.installBundle(jar.toString(), in).start();
        }
    }
}
