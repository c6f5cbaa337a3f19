package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.gateway.SocketHost;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;

/** How the bundles find each other in a framework that has nothing but them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class WiringIT {

    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final String SOCKETS = "io.fieldgate.core.sockets";
    private static final String SECOND = "fieldgate.itest.second";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    BundleContext context;

    @Inject
    ConfigurationAdmin configurations;

    @Inject
    Sessions sessions;

    @Configuration
    public Option[] container() throws IOException {
        Path second = BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.2.0");
        return options(
                systemProperty(SECOND).value(second.toUri().toString()),
                systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
                slf4j(),
                junitBundles(),
                mavenBundle("org.hamcrest", "hamcrest", "2.2"),
                mavenBundle("org.awaitility", "awaitility", "4.3.0"),
                shipped(
                        "org.osgi.util.function",
                        "org.osgi.util.promise",
                        "org.osgi.service.component",
                        "org.apache.felix.configadmin",
                        "org.apache.felix.scr",
                        "io.fieldgate.api",
                        "io.fieldgate.core",
                        ECHO));
    }

    @Test
    public void aHandlerIsListedAsLongAsItIsThere() throws BundleException {
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));

        installed(ECHO).stop();
        assertEquals(List.of(), paths());

        installed(ECHO).start();
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));
    }

    @Test
    public void twoVersionsOfAHandlerAreListedAndTheFirstGoesOnWhenTheSecondLeaves() throws Exception {
        await().atMost(PATIENCE).until(() -> paths().contains("/echo"));
        Bundle second = context.installBundle(System.getProperty(SECOND));

        second.start();
        await().atMost(PATIENCE).until(() -> paths().size() == 2);

        second.uninstall();
        assertEquals(List.of("/echo"), paths());
    }

    @Test
    public void aBadValueLeavesTheCoreUnsatisfiedAndAGoodOneBringsItBack() throws Exception {
        org.osgi.service.cm.Configuration configuration = configurations.getConfiguration(SOCKETS, "?");

        configuration.update(new Hashtable<>(Map.of("takeover.s", 0)));
        await().atMost(PATIENCE).until(() -> host().isEmpty());

        configuration.update(new Hashtable<>(Map.of("takeover.s", 5)));
        await().atMost(PATIENCE).until(() -> host().isPresent());
        assertTrue(host().get().serves("/echo"));
    }

    /** A component that cannot be activated has a service all the same, but nobody gets an object of it. */
    private Optional<SocketHost> host() {
        return Optional.ofNullable(context.getServiceReference(SocketHost.class))
                .map(context::getService);
    }

    private List<String> paths() {
        return sessions.handlers().stream().map(HandlerInfo::path).toList();
    }

    private Bundle installed(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(found -> symbolicName.equals(found.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** From the class path, in the version that Pax Exam asks for and in the one that is there. */
    private static Option slf4j() {
        return systemPackages(Stream.of("org.slf4j", "org.slf4j.spi", "org.slf4j.helpers", "org.slf4j.event")
                .flatMap(name -> Stream.of(name + ";version=1.7.36", name + ";version=2.0.17"))
                .toArray(String[]::new));
    }

    private static Option shipped(String... symbolicNames) {
        return composite(Stream.of(symbolicNames)
                .map(name -> bundle(Distribution.bundle(name).toUri().toString()))
                .toArray(Option[]::new));
    }
}
