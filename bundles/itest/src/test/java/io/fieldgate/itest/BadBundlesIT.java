package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.BrittleHandler;
import io.fieldgate.itest.subject.BufferingHandler;
import io.fieldgate.itest.subject.ForgetfulHandler;
import io.fieldgate.itest.subject.LeakingHandler;
import io.fieldgate.itest.subject.OnceDriver;
import io.fieldgate.itest.subject.SelfishHandler;
import io.fieldgate.itest.subject.StubbornHandler;
import io.fieldgate.itest.subject.StutteringHandler;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** The checks of the test kit notice what they are there to notice, and say what is wrong. */
class BadBundlesIT {

    /** Whoever waits here mostly waits for what does not come. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @WaitingTest
    void aHandlerThatDoesNotHandItsSessionsOver() throws IOException {
        GatewayChecks checks = checks("stubborn", StubbornHandler.class);

        assertFails(checks::survivesAnUpdateUnderLoad, "closed with 1012", "@SocketResumable(false)");
    }

    @WaitingTest
    void aHandlerThatAnswersAgainWhenItTakesOver() throws IOException {
        GatewayChecks checks = checks("stuttering", StutteringHandler.class);

        assertFails(checks::survivesAnUpdateUnderLoad, "answered twice", "resumed(session) must not");
    }

    @WaitingTest
    void aHandlerThatForgetsWhatItOwes() throws IOException {
        GatewayChecks checks = checks("forgetful", ForgetfulHandler.class);

        assertFails(checks::survivesAnUpdateUnderLoad, "messages were lost", "parked(session)");
    }

    @WaitingTest
    void aHandlerThatLeavesAThreadBehind() throws IOException {
        GatewayChecks checks = checks("leaking", LeakingHandler.class);

        assertFails(
                checks::leaksNoClassLoader, "after 2 updates 3 class loaders of io.fieldgate.itest.leaking", ".hprof");
    }

    @WaitingTest
    void aHandlerThatHasEverybodyWaitForTheSlowOne() throws IOException {
        GatewayChecks checks = checks("selfish", SelfishHandler.class);

        assertFails(checks::bearsASlowClient, "while one client reads nothing, some clients get no answer");
    }

    @WaitingTest
    void aHandlerThatKeepsEverythingForTheSlowOne() throws IOException {
        GatewayChecks checks = checks("buffering", BufferingHandler.class);

        assertFails(checks::bearsASlowClient, "neither held nor closed with 1013", "keeps answers of its own");
    }

    @WaitingTest
    void aHandlerThatCannotDoWithoutADriver() throws IOException {
        GatewayChecks checks = checks("brittle", BrittleHandler.class);

        assertFails(
                () -> checks.bearsTheLossOfADriver("io.fieldgate.driver.sim"), "closed with 1011", "the tank has gone");
    }

    @WaitingTest
    void aDriverThatDoesNotComeBack() throws IOException {
        GatewayChecks checks = GatewayChecks.of(
                        TestBundle.of("once", OnceDriver.class).build())
                .patience(PATIENCE);

        assertFails(() -> checks.bearsTheLossOfADriver("io.fieldgate.itest.once"), "still BAD", "once/device/value");
    }

    @WaitingTest
    void aBundleThatIsNoDriver() {
        GatewayChecks checks = GatewayChecks.of(Distribution.bundle("io.fieldgate.handler.echo"))
                .patience(PATIENCE);

        assertFails(() -> checks.bearsTheLossOfADriver("io.fieldgate.handler.echo"), "it is no driver");
    }

    @WaitingTest
    void aBundleThatDoesNotResolve() throws IOException {
        Path jar = TestBundle.of("unresolved", StubbornHandler.class)
                .header("Import-Package", "com.example.nowhere,*")
                .header("-fixupmessages", "*;is:=ignore")
                .build();

        assertFails(
                GatewayChecks.of(jar).patience(PATIENCE)::leaksNoClassLoader, "is not active", "com.example.nowhere");
    }

    @WaitingTest
    void aCheckWithoutAPathSaysThatItNeedsOne() {
        GatewayChecks checks = GatewayChecks.of(Distribution.bundle("io.fieldgate.handler.echo"));

        assertEquals(
                "this check needs a path to talk at: say at(\"/path\")",
                assertThrows(IllegalStateException.class, checks::bearsASlowClient)
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> checks.clients(0));
    }

    @WaitingTest
    void configurationAndOtherBundlesAreThereWhenTheGatewayStarts() throws Exception {
        Path driver = TestBundle.of("once", OnceDriver.class).build();
        GatewayChecks checks = checks("brittle", BrittleHandler.class)
                .with(driver)
                .configured("io.fieldgate.driver.sim-second", Map.of("fieldgate.driver.id", "second"));

        assertFails(() -> checks.bearsTheLossOfADriver("io.fieldgate.itest.once"), "[once/device/value]");
    }

    private static GatewayChecks checks(String name, Class<?> handler) throws IOException {
        return GatewayChecks.of(TestBundle.of(name, handler).build())
                .at('/' + name)
                .clients(20)
                .updates(2)
                .patience(PATIENCE);
    }

    private static void assertFails(Executable check, String... says) {
        String message = assertThrows(AssertionError.class, check).getMessage();
        Stream.of(says).forEach(part -> assertTrue(message.contains(part), message));
    }
}
