package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Health checks of Felix, called by name. */
class HealthChecksTest {

    @TempDir
    private Path home;

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch back = new CountDownLatch(1);
    private TestFramework framework;
    private HealthChecks health;

    @BeforeEach
    void start() throws BundleException {
        framework = new TestFramework(home);
        health = new HealthChecks(framework.context(), Duration.ofSeconds(10), nanos::get);
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        back.countDown();
        framework.close();
    }

    @Test
    void anOkAndAWarningPassAndAllElseDoesNot() {
        register("ok", () -> new Result(Result.Status.OK, "fine"));
        register("warn", () -> new Result(Result.Status.WARN, "hm"));
        register("later", () -> new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "starting"));
        register("critical", () -> new Result(Result.Status.CRITICAL, "disk is full"));
        register("thrown", () -> {
            throw new IllegalStateException("boom");
        });

        String own = " of org.apache.felix.framework";
        assertEquals(
                Map.of(
                        "critical" + own,
                        "health check critical" + own + " is CRITICAL: disk is full",
                        "later" + own,
                        "health check later" + own + " is TEMPORARILY_UNAVAILABLE: starting",
                        "thrown" + own,
                        "health check thrown" + own + " has thrown java.lang.IllegalStateException: boom"),
                health.ask());
    }

    @Test
    void onlyThoseWithTheTagAreAsked() {
        AtomicInteger calls = new AtomicInteger();
        HealthCheck check = () -> {
            calls.incrementAndGet();
            return new Result(Result.Status.CRITICAL, "");
        };
        register(check, Map.of("hc.name", "a", "hc.tags", new String[] {"disk", "update"}));
        register(check, Map.of("hc.name", "b", "hc.tags", "update"));
        register(check, Map.of("hc.name", "c", "hc.tags", "disk"));
        register(check, Map.of("hc.name", "d"));

        assertEquals(2, health.ask().size());
        assertEquals(2, calls.get());
    }

    @Test
    void aLookDoesNotWaitAndAnAnswerFromBeforeIsNone() {
        register("slow", () -> {
            await(back);
            return new Result(Result.Status.OK, "");
        });

        assertTrue(only(health.look(0)).endsWith("has not answered yet"));
        back.countDown();
        until().until(() -> health.look(0).isEmpty());

        nanos.set(1);
        assertTrue(only(health.look(1)).endsWith("has not answered yet"));
        until().until(() -> health.look(1).isEmpty());
    }

    @Test
    void oneThatHangsIsNamedAndCostsOneThreadHoweverOftenItIsLookedAt() {
        AtomicInteger calls = new AtomicInteger();
        register("hung", () -> {
            calls.incrementAndGet();
            awaitDeaf(back);
            return new Result(Result.Status.OK, "");
        });
        register("other", () -> new Result(Result.Status.OK, ""));
        health.look(0);
        until().until(() -> calls.get() == 1 && health.look(0).size() == 1);

        for (int seconds = 10; seconds < 60; seconds++) {
            nanos.set(Duration.ofSeconds(seconds).toNanos());
            assertTrue(health.look(0).values().stream().anyMatch(line -> line.endsWith("has not answered for 10 s")));
        }

        assertEquals(1, calls.get());
        back.countDown();
        until().until(() -> health.look(0).isEmpty());
    }

    @Test
    void notMoreThanEightRunAtOnceAndTheRestHasItsTurn() {
        AtomicInteger running = new AtomicInteger();
        for (int i = 0; i < 12; i++) {
            register("check " + i, () -> {
                running.incrementAndGet();
                await(back);
                return new Result(Result.Status.OK, "");
            });
        }
        assertEquals(12, health.look(0).size());
        until().until(() -> running.get() == 8);
        assertEquals(
                4,
                health.look(0).values().stream()
                        .filter(line -> line.endsWith("cannot be asked: 8 others are not done"))
                        .count());

        back.countDown();
        until().until(() -> health.look(0).isEmpty());
        assertEquals(12, running.get());
    }

    @Test
    void whatWasRedBeforeIsNotHeldAgainstAnUpdate() throws Exception {
        AtomicLong time = new AtomicLong();
        Probation probation = new Probation(framework.context(), 5, Duration.ofSeconds(10), time::get);
        register("before", () -> new Result(Result.Status.CRITICAL, ""));
        Baseline before = probation.baseline();
        Bundle fresh = framework.ship(BundleJar.named("pump"));
        assertEquals(new Verdict(List.of(), List.of()), lastLook(probation, before, fresh));

        ServiceRegistration<?> check = register("new", () -> new Result(Result.Status.CRITICAL, "dry"));
        until().until(() -> lastLook(probation, before, fresh)
                .pending()
                .equals(List.of("health check new of org.apache.felix.framework is CRITICAL: dry")));
        assertEquals(2, probation.complaints(bundle -> false).size(), "of the state now, no matter what was before");

        check.unregister();
        assertEquals(List.of(), lastLook(probation, before, fresh).pending());
    }

    private static Verdict lastLook(Probation probation, Baseline before, Bundle fresh) {
        return probation.look(before, List.of(fresh));
    }

    private ServiceRegistration<?> register(String name, HealthCheck check) {
        return register(check, Map.of("hc.name", name, "hc.tags", "update"));
    }

    private ServiceRegistration<?> register(HealthCheck check, Map<String, ?> properties) {
        return framework.context().registerService(HealthCheck.class, check, new Hashtable<>(properties));
    }

    private static String only(Map<String, String> red) {
        assertEquals(1, red.size());
        return red.values().iterator().next();
    }

    private static ConditionFactory until() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitDeaf(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                done = false;
            }
        }
    }
}
