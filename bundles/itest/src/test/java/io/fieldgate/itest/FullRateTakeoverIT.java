package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.DeflatedExactEchoHandler;
import io.fieldgate.itest.subject.ExactEchoHandler;
import io.fieldgate.testkit.Conversation;
import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Swarm;
import io.fieldgate.testkit.SwarmPace;
import io.fieldgate.testkit.SwarmReport;
import io.fieldgate.testkit.TlsFront;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler is replaced under clients that talk as fast as it answers, on each way that a message can take. */
class FullRateTakeoverIT {

    private static final int CLIENTS = 200;
    private static final int UPDATES = 2;
    private static final String BUNDLE = "io.fieldgate.itest.exact";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So long that it is worth compressing. */
    private static final int MESSAGE_BYTES = 300;

    private static GatewayProcess gateway;
    private static TlsFront front;
    private static TestBundle bundle;
    private static int version;

    /** How clients are connected. */
    enum Way {
        PLAIN,
        TLS,
        DEFLATE,
        TLS_AND_DEFLATE;

        Upgrade upgrade() {
            boolean deflate = this == DEFLATE || this == TLS_AND_DEFLATE;
            String path = deflate ? "/deflated" : "/exact";
            Upgrade upgrade =
                    this == TLS || this == TLS_AND_DEFLATE ? front.upgrade(path) : Upgrade.to(gateway.uri(), path);
            return deflate ? upgrade.deflate() : upgrade;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        bundle = TestBundle.of("exact", ExactEchoHandler.class, DeflatedExactEchoHandler.class);
        gateway = GatewayProcess.start(GatewayHome.create());
        front = TlsFront.before(gateway.uri());
        update();
    }

    @AfterAll
    static void stop() throws Exception {
        front.close();
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesAnUpdate(Way way) throws Exception {
        try (Swarm swarm = Swarm.talking(way.upgrade(), CLIENTS, Conversation.echo(MESSAGE_BYTES), SwarmPace.FULL)) {
            swarm.awaitEveryoneAnswered(PATIENCE);
            for (int i = 0; i < UPDATES; i++) {
                update();
                swarm.awaitEveryoneAnswered(PATIENCE);
            }
            SwarmReport report = swarm.stop();
            Figures.note("takeover", "full rate, " + way + ": " + report);
            report.assertWhole();
        }
    }

    @Test
    void compressionIsAgreedWhereItIsTested() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(Way.TLS_AND_DEFLATE.upgrade())) {
            client.send(Frame.text("x".repeat(1_000)).deflated());
            assertTrue(client.next(WebSocketProbe.PATIENCE).isCompressed());
        }
    }

    @Test
    void aConversationByTlsIsTheSameAsAnyOther() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(Way.TLS.upgrade())) {
            String large = "ü".repeat(32_768);
            assertEquals(large, client.ask(large));
            client.send(new Frame(false, Frame.TEXT, bytes("in ")))
                    .send(new Frame(true, Frame.PING, bytes("between")))
                    .send(new Frame(true, Frame.CONTINUATION, bytes("pieces")));
            assertEquals("between", client.next(WebSocketProbe.PATIENCE).text());
            client.expect("in pieces");
            client.send(Frame.close(4001)).expectClose(4001);
        }
        try (WebSocketProbe client = WebSocketProbe.open(Way.TLS.upgrade())) {
            client.raw(Frame.text("not masked").unmasked());
            client.expectClose(1002);
        }
        assertEquals(404, WebSocketProbe.ask(front.upgrade("/nobody")).status());
    }

    private static void update() throws Exception {
        String next = "1.0." + version++;
        gateway.deploy(bundle.version(next).build(), "exact.jar");
        gateway.bundles().awaitVersion(BUNDLE, next);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
