package io.fieldgate.testkit;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A test that runs inside a gateway: a Pax Exam test (JUnit 4) in a framework that has the bundles of the {@link Distribution} and those
 * under test. It sees services as any bundle does.
 *
 * <pre>{@code
 * public class HelloExamIT extends GatewayExam {
 *
 *     @Test
 *     public void saysHello() throws IOException {
 *         try (WebSocketProbe client = WebSocketProbe.open(uri(), "/hello")) {
 *             assertEquals("Hello, Ada", client.ask("Ada"));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Each test method gets a framework of its own, with a home under {@code target/exam/} that is kept for people to look at. There is no
 * launcher, so the port opens when {@link #uri()} is called for the first time. {@code @Inject} gives a field of a subclass a service.
 *
 * <p>The README of the test kit names the dependencies that this needs, which nobody gets who does not ask for them.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public abstract class GatewayExam {

    /** System property: the path of the bundle under test. */
    public static final String BUNDLE = "fieldgate.bundle";

    /** How long the methods of this class wait: 10 s. */
    protected static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The context of the bundle that Pax Exam makes of the test; set before a test method runs. */
    @Inject
    protected BundleContext context;

    /** For subclasses. */
    protected GatewayExam() {}

    /**
     * What Pax Exam starts: the bundles of {@link #shipped()} and {@link #bundles()}, JUnit, Awaitility, the test kit and what
     * {@link #more()} says. A bundle that does not resolve fails the test. Called outside the framework.
     *
     * @return the options
     * @throws IOException if the home or a file cannot be made
     */
    @Configuration
    public Option[] gateway() throws IOException {
        return options(
                framework(),
                slf4j(),
                junitBundles(),
                mavenBundle("org.hamcrest", "hamcrest", "2.2"),
                files(List.of(ExamFiles.origin(Awaitility.class), ExamFiles.origin(GatewayExam.class))),
                files(ExamFiles.shipped(shipped())),
                files(bundles()),
                composite(more()));
    }

    /**
     * Which bundles of the distribution are there; all, unless overridden. What the launcher has on its class path is there anyway.
     * Called outside the framework.
     *
     * @return symbolic names, in the order in which the bundles start
     */
    protected List<String> shipped() {
        return ExamFiles.shippedNames();
    }

    /**
     * The bundles under test; unless overridden the one that the system property {@value #BUNDLE} names. Called outside the framework.
     *
     * @return their jars
     * @throws IOException if a jar cannot be made
     */
    protected List<Path> bundles() throws IOException {
        String jar = System.getProperty(BUNDLE, "");
        if (!Files.isRegularFile(Path.of(jar))) {
            throw new AssertionError(
                    "the system property " + BUNDLE + " must name the jar of the bundle under test, unless the test"
                            + " overrides bundles(); it is \"" + jar + '"');
        }
        return List.of(Path.of(jar));
    }

    /**
     * Further options of Pax Exam; none, unless overridden. Called outside the framework.
     *
     * @return the options
     * @throws IOException if a file that they need cannot be made
     */
    protected Option[] more() throws IOException {
        return options();
    }

    /**
     * Waits for a service, {@link #PATIENCE} at most.
     *
     * @param type what it is registered as
     * @param <T> the same
     * @return the service, of several that with the highest rank
     * @throws AssertionError if none comes
     */
    protected final <T> T service(Class<T> type) {
        ServiceReference<?> found = reference("(objectClass=" + type.getName() + ')');
        return type.cast(context.getService(found));
    }

    /**
     * The bundle of a name.
     *
     * @param symbolicName its symbolic name
     * @return the bundle; of several that with the lowest id
     * @throws AssertionError if it is not installed
     */
    protected final Bundle installed(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(found -> symbolicName.equals(found.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    /**
     * Opens the port, unless it is open, and waits until it is, {@link #PATIENCE} at most.
     *
     * @return the address, {@code http://127.0.0.1:port/}
     * @throws AssertionError if it does not open, for one because the transports are not {@link #shipped()}
     */
    protected final URI uri() {
        context.registerService(
                Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, Gateway.READY)));
        ServiceReference<?> listening = reference("(" + Condition.CONDITION_ID + '=' + Gateway.LISTENING + ')');
        return URI.create(String.valueOf(listening.getProperty("fieldgate.url")));
    }

    private ServiceReference<?> reference(String filter) {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter(filter), null);
        tracker.open(true);
        try {
            if (tracker.waitForService(PATIENCE.toMillis()) == null) {
                throw new AssertionError("no service " + filter + " has come within " + PATIENCE.toSeconds() + " s");
            }
            return tracker.getServiceReference();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a service " + filter, e);
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(String text) {
        try {
            return FrameworkUtil.createFilter(text);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static Option framework() throws IOException {
        Stream<Option> shipped = ExamFiles.frameworkProperties().entrySet().stream()
                .map(property ->
                        frameworkProperty(String.valueOf(property.getKey())).value(property.getValue()));
        Stream<Option> own = Stream.of(
                frameworkProperty(Gateway.HOME).value(ExamFiles.home().toString()),
                frameworkProperty(Gateway.DISTRIBUTION)
                        .value(Distribution.folder().toString()),
                frameworkProperty(Gateway.HTTP).value("127.0.0.1:0"),
                systemProperty("pax.exam.osgi.unresolved.fail").value("true"));
        return composite(Stream.concat(shipped, own).toArray(Option[]::new));
    }

    /** From the class path, in the version that Pax Exam asks for and in the one that is there. */
    private static Option slf4j() {
        return systemPackages(Stream.of("org.slf4j", "org.slf4j.spi", "org.slf4j.helpers", "org.slf4j.event")
                .flatMap(name -> Stream.of(name + ";version=1.7.36", name + ";version=2.0.17"))
                .toArray(String[]::new));
    }

    private static Option files(List<Path> jars) {
        return composite(
                jars.stream().map(jar -> bundle(jar.toUri().toString())).toArray(Option[]::new));
    }
}
