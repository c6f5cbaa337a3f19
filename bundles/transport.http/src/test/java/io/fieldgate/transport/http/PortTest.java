package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortTest {

    private final Server server = new Server();

    @BeforeEach
    void start() {
        server.setErrorHandler(new ServerErrors());
        server.addBean(new Seats(GivenLimits.of(Map.of())));
        server.addBean(new Cloakroom(new Proxies(List.of())));
        LifeCycle.start(server);
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
    }

    @Test
    void saysThatTheAddressIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Terms terms = terms("127.0.0.1", taken.getLocalPort());
            IOException failure = assertThrows(IOException.class, () -> open(terms));
            assertEquals(
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": address already in use",
                    failure.getMessage());
            assertEquals(0, server.getConnectors().length);
        }
    }

    @Test
    void saysThatTheHostIsUnknown() {
        IOException failure = assertThrows(IOException.class, () -> open(terms("nowhere.invalid", 0)));
        assertEquals("cannot listen on nowhere.invalid:0: unknown host", failure.getMessage());
    }

    @Test
    void answersWhatIsNotHttpWithAProblemAndNoNameOfTheServer() throws IOException {
        Port port = open(terms("127.0.0.1", 0));
        try (RawClient client = new RawClient(url(port))) {
            client.send("nonsense\r\n\r\n");
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
            assertFalse(answer.contains("Server:"), answer);
        }
    }

    @Test
    void keepsTheHeadOfARequestSmall() throws IOException {
        Port port = open(terms("127.0.0.1", 0));
        try (RawClient client = new RawClient(url(port))) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        }
    }

    @Test
    void takesNobodyNewWhenItRetiresButKeepsThoseThatAreThere() throws IOException {
        Port port = open(terms("127.0.0.1", 0));
        try (RawClient before = new RawClient(url(port))) {
            before.get("/");
            assertTrue(before.answer().startsWith("HTTP/1.1 404 "));
            String url = url(port);
            port.retire();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !RawClient.isOpen(url));
            before.get("/");
            assertTrue(before.answer().startsWith("HTTP/1.1 404 "));
        }
    }

    private Port open(Terms terms) throws IOException {
        return Port.open(
                server, new TlsDoor(() -> {}), terms, terms.place().sockets().get(0), ((Address) terms.place()).port());
    }

    private static String url(Port port) {
        return "http://127.0.0.1:" + port.number() + "/";
    }

    private static Terms terms(String host, int port) {
        return new Terms(new Address(host, port), new Speech.Plain(), Paths.ALL, new Terms.Limits(60, 8192, 8, 128, 0));
    }
}
