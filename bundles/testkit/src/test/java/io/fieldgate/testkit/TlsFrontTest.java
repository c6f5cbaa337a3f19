package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Clients that speak TLS are carried to a server that does not, and see the same as others. */
class TlsFrontTest {

    private static final int CLIENTS = 10;

    @Test
    void carriesWhatAProbeSaysAndHears() throws Exception {
        try (EchoServer echo = EchoServer.answering(List::of);
                TlsFront front = TlsFront.before(echo.uri());
                WebSocketProbe client = WebSocketProbe.open(front.upgrade("/echo"))) {
            String large = "x".repeat(60_000);
            assertEquals(large, client.ask(large));
        }
    }

    @Test
    void aClientThatDoesNotKnowTheCertificateDoesNotTrustIt() throws Exception {
        try (EchoServer echo = EchoServer.answering(List::of);
                TlsFront front = TlsFront.before(echo.uri())) {
            URI address = URI.create("https://127.0.0.1:" + front.upgrade("/").port() + "/");
            Upgrade trusting = Upgrade.to(address, "/echo").tls(SSLContext.getDefault());
            assertThrows(SSLHandshakeException.class, () -> WebSocketProbe.open(trusting));
        }
    }

    @Test
    void carriesASwarmAtFullPace() throws Exception {
        try (EchoServer echo = EchoServer.answering(List::of);
                TlsFront front = TlsFront.before(echo.uri())) {
            SwarmReport report = swarmAt(front.upgrade("/echo"));
            report.assertWhole();
            assertTrue(report.sent() > CLIENTS * 8L, report::toString);
        }
    }

    private static SwarmReport swarmAt(Upgrade upgrade) throws IOException {
        try (Swarm swarm = Swarm.talking(upgrade, CLIENTS, Conversation.echo(20_000), SwarmPace.FULL)) {
            swarm.awaitEveryoneAnswered(Duration.ofSeconds(20));
            swarm.awaitEveryoneAnswered(Duration.ofSeconds(20));
            return swarm.stop();
        }
    }
}
