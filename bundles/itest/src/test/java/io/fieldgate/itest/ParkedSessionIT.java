package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.NeverReturningHandler;
import io.fieldgate.itest.subject.SelfUpdatingHandler;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client can do, and what can be done to it, while its session waits for the next handler. */
class ParkedSessionIT {

    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final Duration QUIET = Duration.ofMillis(500);

    private static GatewayProcess gateway;
    private static BundleList bundles;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        bundles = gateway.bundles();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void getsAnswersInOrderToAllThatItSentAhead() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("before", client.ask("before"));
            bundles.stop(ECHO);
            for (int i = 0; i < 10; i++) {
                client.send("ahead " + i);
            }
            client.expectSilence(QUIET);
            bundles.start(ECHO);
            for (int i = 0; i < 10; i++) {
                assertEquals("ahead " + i, client.text());
            }
        }
    }

    @Test
    void getsTheAnswerToAMessageThatWasHalfSent() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            byte[] frame = Frame.text("in two pieces").masked();
            client.raw(Arrays.copyOf(frame, 7));
            bundles.stop(ECHO);
            client.expectSilence(QUIET);
            client.raw(Arrays.copyOfRange(frame, 7, frame.length));
            bundles.start(ECHO);
            assertEquals("in two pieces", client.text());
        }
    }

    @Test
    void isAnsweredPingAndClose() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            bundles.stop(ECHO);
            try {
                client.send(new Frame(true, Frame.PING, "there?".getBytes(StandardCharsets.UTF_8)));
                Frame pong = client.next(WebSocketProbe.PATIENCE);
                assertEquals(Frame.PONG, pong.opcode());
                assertEquals("there?", pong.text());
                client.send(Frame.close(1000));
                assertEquals(1000, client.closeCode());
            } finally {
                bundles.start(ECHO);
            }
        }
    }

    @Test
    void leavesNothingBehindWhenItGoesWithoutAWord() throws Exception {
        awaitSessions(0);
        WebSocketProbe gone = WebSocketProbe.open(gateway.uri(), "/echo");
        awaitSessions(1);
        bundles.stop(ECHO);
        try {
            assertTrue(echoSessions().get(0).endsWith("parked"), "it is parked");
            gone.send("never read");
            gone.abort();
            awaitSessions(0);
        } finally {
            bundles.start(ECHO);
        }
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
            awaitSessions(1);
        }
    }

    @Test
    void isClosedWith1012WhenNobodyComes() throws Exception {
        GatewayHome home = GatewayHome.create().configure("io.fieldgate.core.sockets", Map.of("takeover.s", "2"));
        try (GatewayProcess hasty = GatewayProcess.start(home);
                WebSocketProbe client = WebSocketProbe.open(hasty.uri(), "/echo")) {
            assertEquals("before", client.ask("before"));
            hasty.bundles().stop(ECHO);
            assertEquals(1012, client.closeCode());
        }
    }

    @Test
    void aNewClientWaitsForTheSuccessor() throws Exception {
        bundles.stop(ECHO);
        Thread starter = new Thread(() -> {
            try {
                bundles.start(ECHO);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        starter.start();
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
        } finally {
            starter.join(Duration.ofSeconds(30).toMillis());
        }
    }

    @Test
    void comesToTheNextVersionWhenTheCallbackUpdatesItsOwnBundle() throws Exception {
        TestBundle bundle = TestBundle.of("self-updating", SelfUpdatingHandler.class);
        Path next = bundle.version("1.1.0").build();
        gateway.deploy(bundle.version("1.0.0").build(), "self-updating.jar");
        bundles.awaitVersion("io.fieldgate.itest.self-updating", "1.0.0");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/self-updating");
                WebSocketProbe other = WebSocketProbe.open(gateway.uri(), "/self-updating")) {
            assertEquals("hello 1.0.0", client.ask("hello"));
            client.send("update " + next);
            assertEquals("resumed 1.1.0", client.text());
            assertEquals("hello 1.1.0", client.ask("hello"));
            assertEquals("resumed 1.1.0", other.text());
        }
    }

    @Test
    void anotherIsServedWhenOneCallbackNeverReturns() throws Exception {
        TestBundle bundle = TestBundle.of("never-returning", NeverReturningHandler.class);
        gateway.deploy(bundle.version("1.0.0").build(), "never-returning.jar");
        bundles.awaitVersion("io.fieldgate.itest.never-returning", "1.0.0");
        try (WebSocketProbe stuck = WebSocketProbe.open(gateway.uri(), "/never-returning");
                WebSocketProbe other = WebSocketProbe.open(gateway.uri(), "/never-returning")) {
            assertEquals("hang", stuck.ask("hang"));
            assertEquals("hello", other.ask("hello"));

            gateway.deploy(bundle.version("1.1.0").build(), "never-returning.jar");
            bundles.awaitVersion("io.fieldgate.itest.never-returning", "1.1.0");

            assertEquals("hello again", other.ask("hello again"));
            assertEquals(200, gateway.get("/").statusCode());
            assertEquals(1011, stuck.closeCode(Duration.ofSeconds(45)));
        }
    }

    @Test
    void aSessionThatWasOpenedIsResumedOnceForEachUpdate() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        gateway.deploy(bundle.version("1.0.0").build(), "version.jar");
        bundles.awaitVersion("io.fieldgate.itest.version", "1.0.0");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened 1.0.0", client.text());
            for (String version : new String[] {"1.1.0", "1.2.0", "1.3.0"}) {
                gateway.deploy(bundle.version(version).build(), "version.jar");
                assertEquals("resumed " + version, client.text());
            }
            client.expectSilence(QUIET);
        }
    }

    @Test
    void theTransportOfAClientThatIsReplacedClosesItWith1012() throws Exception {
        try (GatewayProcess own = GatewayProcess.start();
                WebSocketProbe client = WebSocketProbe.open(own.uri(), "/echo")) {
            BundleList ownBundles = own.bundles();
            ownBundles.stop("io.fieldgate.transport.websocket");
            assertEquals(1012, client.closeCode());
            assertThrows(EOFException.class, () -> client.next(WebSocketProbe.PATIENCE));
            ownBundles.start("io.fieldgate.transport.websocket");
            try (WebSocketProbe next = WebSocketProbe.open(own.uri(), "/echo")) {
                assertEquals("hello", next.ask("hello"));
            }
        }
    }

    private static void awaitSessions(int count) {
        await("sessions at /echo")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> echoSessions().size() == count);
    }

    private static List<String> echoSessions() throws Exception {
        return gateway.shell("fg:sessions")
                .orFail()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(" /echo "))
                .toList();
    }
}
