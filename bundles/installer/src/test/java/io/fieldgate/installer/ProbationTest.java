package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.gateway.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** What is held against new bundles, and what is not. The bundles are real, what is told of them is not. */
class ProbationTest {

    private static final String PUMP = "pump";
    private static final String PIPE = "pipe";
    private static final Verdict GOOD = new Verdict(List.of(), List.of());

    @TempDir
    private Path home;

    private final AtomicLong nanos = new AtomicLong();
    private TestFramework framework;
    private Probation probation;
    private Bundle old;
    private Bundle pipe;
    private ServiceRegistration<?> components;
    private ServiceRegistration<?> sessions;

    @BeforeEach
    void start() throws BundleException, IOException {
        framework = new TestFramework(home);
        probation = new Probation(framework.context(), 5, Duration.ofSeconds(10), nanos::get);
        old = framework.ship(BundleJar.named(PUMP).version("1.0.0"));
        pipe = framework.ship(BundleJar.named(PIPE));
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.close();
    }

    @Test
    void hasNothingAgainstABundleThatWorks() throws Exception {
        components(new FakeRuntime().active(PUMP, "Pump").active(PIPE, "Pipe"));
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();

        assertEquals(GOOD, probation.look(before, fresh));
    }

    @Test
    void needsNeitherComponentsNorSessions() throws Exception {
        Baseline before = probation.baseline();

        assertEquals(GOOD, probation.look(before, replace()));
    }

    @Test
    void waitsForAComponentThatWasSatisfiedBefore() throws Exception {
        components(new FakeRuntime().active(PUMP, "Pump").active(PUMP, "Valve").active(PIPE, "Pipe"));
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime()
                .missing(PUMP, "Pump", "pipe")
                .unconfigured(PUMP, "Valve")
                .missing(PIPE, "Pipe", "pump"));

        assertEquals(
                List.of(
                        "Pipe of pipe misses org.example.Pipe",
                        "Pump of pump misses org.example.Pipe",
                        "Valve of pump waits for its configuration"),
                probation.look(before, fresh).pending());
    }

    @Test
    void waitsForEachConfigurationOfAComponentThatWasSatisfiedBefore() throws Exception {
        components(new FakeRuntime().active(PUMP, "Pump").active(PUMP, "Pump"));
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime().active(PUMP, "Pump").missing(PUMP, "Pump", "pipe"));

        assertEquals(
                List.of("Pump of pump misses org.example.Pipe"),
                probation.look(before, fresh).pending());
    }

    @Test
    void doesNotMissAComponentThatTheNewVersionHasNot() throws Exception {
        components(new FakeRuntime().active(PUMP, "Pump").active(PUMP, "Valve"));
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime().active(PUMP, "Pump"));

        assertEquals(GOOD, probation.look(before, fresh));
    }

    @Test
    void allowsThatAConfigurationIsTakenAway() throws Exception {
        components(new FakeRuntime().active(PUMP, "Pump").active(PUMP, "Pump"));
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime().active(PUMP, "Pump"));

        assertEquals(GOOD, probation.look(before, fresh));
    }

    @Test
    void holdsNothingAgainstAnUpdateThatWasSoBefore() throws Exception {
        FakeRuntime same =
                new FakeRuntime().missing(PUMP, "Pump", "pipe").failed(PIPE, "Pipe", "java.lang.Exception: leaks");
        components(same);
        Baseline before = probation.baseline();

        assertEquals(GOOD, probation.look(before, replace()));
    }

    @Test
    void letsANewComponentWaitForItsConfigurationButNotForAService() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime().unconfigured(PUMP, "Valve").missing(PUMP, "Meter", "pipe"));

        assertEquals(
                new Verdict(List.of(), List.of("Meter of pump misses org.example.Pipe")),
                probation.look(before, fresh));
    }

    @Test
    void endsAtOnceIfANewComponentCannotBeMade() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime()
                .failed(
                        PUMP,
                        "Pump",
                        "java.lang.reflect.InvocationTargetException\n\tat x.y\n"
                                + "Caused by: java.lang.IllegalStateException: no motor\n\tat a.b"));

        assertEquals(
                new Verdict(List.of("Pump of pump failed: java.lang.IllegalStateException: no motor"), List.of()),
                probation.look(before, fresh));
    }

    @Test
    void waitsForBundlesThatRanBefore() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        pipe.stop();
        assertEquals(
                List.of("pipe 0.0.0 does not run any more"),
                probation.look(before, fresh).pending());

        pipe.start();
        assertEquals(GOOD, probation.look(before, fresh));

        pipe.uninstall();
        assertEquals(
                List.of("pipe does not run any more"),
                probation.look(before, fresh).pending());
        assertEquals(GOOD, probation.look(before.without(List.of(PIPE)), fresh), "the update takes it away");
    }

    @Test
    void waitsForTheNewBundleItself() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        fresh.get(0).stop();

        assertEquals(
                List.of("pump 2.0.0 does not run"),
                probation.look(before, fresh).pending());
    }

    @Test
    void endsAtOnceIfAHandlerFailsTooOften() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        sessions(new FakeSessions().handler("pump 2.0.0", "/pump", 5, 0).handler("pipe 0.0.0", "/pipe", 100, 0));
        assertEquals(GOOD, probation.look(before, fresh));

        sessions(new FakeSessions().handler("pump 2.0.0", "/pump", 6, 0));
        assertEquals(
                new Verdict(List.of("the handler of /pump in pump 2.0.0 has failed 6 times, 5 are allowed"), List.of()),
                probation.look(before, fresh));
    }

    @Test
    void endsWhenAHandlerHasBlockedForAWhile() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        sessions(new FakeSessions().handler("pump 2.0.0", "/pump", 0, 2));
        String blocks = "the handler of /pump in pump 2.0.0 blocks: 2 calls do not return";

        assertEquals(new Verdict(List.of(), List.of(blocks)), probation.look(before, fresh));
        pass(7);
        assertEquals(new Verdict(List.of(), List.of(blocks)), probation.look(before, fresh));
        pass(1);
        assertEquals(
                new Verdict(List.of("clients have waited for 8 s, for " + blocks), List.of(blocks)),
                probation.look(before, fresh));
    }

    @Test
    void endsWhenSessionsHaveWaitedForAComponentForAWhile() throws Exception {
        Baseline before = probation.baseline();
        List<Bundle> fresh = replace();
        components(new FakeRuntime().missing(PUMP, "Meter", "pipe"));
        sessions(new FakeSessions().parked());

        assertEquals(List.of(), probation.look(before, fresh).fatal());
        pass(8);
        assertEquals(
                List.of("clients have waited for 8 s, for Meter of pump misses org.example.Pipe"),
                probation.look(before, fresh).fatal());
        Baseline again = probation.baseline();
        assertEquals(List.of(), probation.look(again, fresh).fatal(), "another update has its own time");
    }

    @Test
    void complainsOfWhatShouldRunAndDoesNot() throws Exception {
        components(new FakeRuntime()
                .missing(PUMP, "Pump", "pipe")
                .unconfigured(PUMP, "Valve")
                .failed(PIPE, "Pipe", "java.lang.Exception: leaks"));
        old.stop();

        assertEquals(
                List.of("pump 1.0.0 does not run", "Pump of pump misses org.example.Pipe"),
                probation.complaints(bundle -> PUMP.equals(bundle.getSymbolicName())));
        assertEquals(List.of(), probation.complaints(bundle -> false));
    }

    private List<Bundle> replace() throws BundleException, IOException {
        old.stop();
        return List.of(framework.ship(BundleJar.named(PUMP).version("2.0.0")));
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void components(FakeRuntime runtime) {
        if (components != null) {
            components.unregister();
        }
        components = framework.context().registerService(ServiceComponentRuntime.class, runtime, null);
    }

    private void sessions(FakeSessions all) {
        if (sessions != null) {
            sessions.unregister();
        }
        sessions = framework.context().registerService(Sessions.class, all, null);
    }
}
