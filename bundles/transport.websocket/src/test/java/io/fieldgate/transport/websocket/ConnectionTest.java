package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** The whole way from a client's bytes to a session and back, over Jetty's own end points. */
class ConnectionTest {

    private final TestServer server = new TestServer();

    @AfterEach
    void close() {
        server.close();
        for (FakeHost.Session session : server.host.sessions) {
            assertEquals(List.of(), session.faults);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 4096, 65_535, 65_536, 1_000_000})
    void echoesTextOfAnySize(int length) throws IOException {
        server.host.maxMessageBytes = 1 << 20;
        try (TestClient client = server.upgraded()) {
            String text = "x".repeat(length);
            client.text(text);
            client.text("next");
            TestClient.Frame echo = client.frame();
            assertEquals(FIN | Opcode.TEXT, echo.first());
            assertEquals(text, echo.text());
            assertEquals("next", client.frame().text());
        }
    }

    @Test
    void echoesBinary() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(FIN | Opcode.BINARY, new byte[] {0, -1, 127}));
            TestClient.Frame echo = client.frame();
            assertEquals(FIN | Opcode.BINARY, echo.first());
            assertEquals("00ff7f", Collected.hex(echo.payload()));
        }
    }

    @Test
    void joinsFragmentsAndAnswersPingsBetweenThem() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(Opcode.TEXT, "one "));
            client.out.write(frame(FIN | Opcode.PING, "there?"));
            client.out.write(frame(FIN | Opcode.CONTINUATION, "message"));
            TestClient.Frame pong = client.frame();
            assertEquals(FIN | Opcode.PONG, pong.first());
            assertEquals("there?", pong.text());
            assertEquals("one message", client.frame().text());
        }
    }

    @Test
    void echoesByteByByte() throws IOException {
        try (TestClient client = server.upgraded()) {
            for (byte b : Wire.text("slow")) {
                client.out.write(b);
                client.out.flush();
            }
            assertEquals("slow", client.frame().text());
        }
    }

    @Test
    void readsWhatCameRightBehindTheRequest() throws IOException {
        try (TestClient client = server.connect()) {
            client.out.write(TestClient.join(
                    TestClient.request("/echo").getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    Wire.text("first"),
                    Wire.text("second")));
            client.head();
            assertEquals("first", client.frame().text());
            assertEquals("second", client.frame().text());
        }
    }

    @Test
    void sendsWhatWasQueuedBeforeTheClientWasIn() throws IOException {
        server.host.opened = session -> session.send(Message.text("welcome"));
        try (TestClient client = server.connect()) {
            client.upgrade("/echo");
            assertEquals("welcome", client.frame().text());
        }
    }

    @Test
    void compressesWhenItWasAgreed() throws IOException {
        server.host.deflate = true;
        try (TestClient client = server.connect()) {
            client.upgrade("/echo", "Sec-WebSocket-Extensions: permessage-deflate");
            client.out.write(frame(FIN | Wire.RSV1 | Opcode.TEXT, Collected.bytes("f248cdc9c90700")));
            assertEquals("Hello", client.frame().text());
            client.text("a".repeat(1000));
            TestClient.Frame echo = client.frame();
            assertEquals(FIN | Wire.RSV1 | Opcode.TEXT, echo.first());
            assertTrue(echo.payload().remaining() < 100);
        }
    }

    @Test
    void readsNothingWithoutDemandButControlFrames() throws Exception {
        server.host.demanding = false;
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(FIN | Opcode.PING, "1"));
            assertEquals("1", client.frame().text());
            client.text("first");
            client.text("second");
            client.out.write(frame(FIN | Opcode.PING, "behind a message"));
            FakeHost.Session session = server.session();
            assertTrue(session.messages.isEmpty());
            session.demand();
            assertEquals("first", session.messages.poll(5, TimeUnit.SECONDS).text());
            assertEquals("first", client.frame().text());
            assertTrue(session.messages.isEmpty());
            session.demand();
            assertEquals("second", session.messages.poll(5, TimeUnit.SECONDS).text());
            assertEquals("behind a message", client.frame().text(), "a pong goes first");
            assertEquals("second", client.frame().text());
        }
    }

    @Test
    void letsTheClientFeelThatNobodyReads() throws Exception {
        server.host.demanding = false;
        server.host.received = (session, message) -> {};
        try (TestClient client = server.upgraded()) {
            client.socket.setSendBufferSize(16_384);
            byte[] message = frame(FIN | Opcode.BINARY, new byte[60_000]);
            Thread sender = new Thread(() -> sendUntilItFails(client, message));
            sender.start();
            // A blocked write shows in the thread's state alone; what it waits for is the peer.
            FakeHost.Session session = server.session();
            for (int i = 0; i < 50; i++) {
                session.demand();
                assertEquals(60_000, session.messages.poll(10, TimeUnit.SECONDS).size());
            }
            assertTrue(session.messages.isEmpty(), "no more than was asked for");
            client.socket.close();
            sender.join(5000);
            assertTrue(!sender.isAlive());
        }
    }

    @Test
    void tellsWhoSentTooMuchEvenIfMuchMoreComes() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(FIN | Opcode.BINARY, new byte[20 << 20]));
            TestClient.Frame close = client.frame();
            assertEquals(Opcode.CLOSE, close.opcode());
            assertEquals(CloseReason.TOO_BIG, close.status());
            assertTrue(client.isAtEnd());
        }
        assertEquals(CloseReason.TOO_BIG, closed().code());
    }

    @Test
    void tellsWhoSentBadUtf8() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.text("good");
            client.out.write(frame(Opcode.TEXT, Collected.bytes("c0")));
            assertEquals("good", client.frame().text());
            assertEquals(CloseReason.BAD_PAYLOAD, client.frame().status());
            assertTrue(client.isAtEnd());
        }
        assertEquals(CloseReason.BAD_PAYLOAD, closed().code());
    }

    @Test
    void closesAClientForWhoseMessageThereIsNoMemory() throws IOException {
        server.host.received = (session, message) -> {
            throw new OutOfMemoryError("as if");
        };
        try (TestClient client = server.upgraded()) {
            client.text("too great");
            assertEquals(CloseReason.TRY_AGAIN_LATER, client.frame().status());
            assertTrue(client.isAtEnd());
        }
        assertEquals(CloseReason.TRY_AGAIN_LATER, closed().code());
    }

    @Test
    void answersWhatCameBeforeABreach() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(TestClient.join(Wire.text("good"), frame(FIN | 3, "")));
            assertEquals("good", client.frame().text());
            assertEquals(CloseReason.PROTOCOL_ERROR, client.frame().status());
        }
    }

    @Test
    void answersAClientThatCloses() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(TestClient.join(Wire.text("last words"), Wire.close(4001, "done"), Wire.text("ignored")));
            assertEquals("last words", client.frame().text());
            TestClient.Frame close = client.frame();
            assertEquals(4001, close.status());
            assertTrue(client.isAtEnd());
        }
        assertEquals(new CloseReason(4001, "done"), closed());
    }

    @Test
    void answersACloseWithoutStatusInKind() throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(FIN | Opcode.CLOSE, ""));
            assertEquals(0, client.frame().payload().remaining());
            assertTrue(client.isAtEnd());
        }
        assertEquals(CloseReason.NO_STATUS, closed().code());
    }

    @Test
    void closesWhenTheSessionSaysSo() throws IOException {
        try (TestClient client = server.upgraded()) {
            CloseReason reason = new CloseReason(4002, "enough");
            server.session().link.close(reason);
            server.session().link.close(CloseReason.normal());
            TestClient.Frame close = client.frame();
            assertEquals(4002, close.status());
            client.text("too late");
            client.out.write(Wire.close(4002, ""));
            assertTrue(client.isAtEnd());
        }
        assertEquals(4002, closed().code());
        assertTrue(server.session().messages.isEmpty());
    }

    @Test
    void closesAlthoughAMessageLiesUnread() throws IOException {
        server.host.demanding = false;
        try (TestClient client = server.upgraded()) {
            client.out.write(TestClient.join(frame(FIN | Opcode.PING, "x"), Wire.text("unread")));
            client.frame();
            server.session().link.close(CloseReason.normal());
            assertEquals(1000, client.frame().status());
            assertTrue(client.isAtEnd());
        }
        assertEquals(1000, closed().code());
    }

    @Test
    void cutsAClientThatDoesNotAnswerTheClose() throws IOException {
        try (TestClient client = server.upgraded()) {
            server.session().link.close(CloseReason.normal());
            assertEquals(1000, client.frame().status());
            assertTrue(client.isAtEnd());
            assertTrue(!server.session().closed.isDone(), "its side is still open");
            server.pass(Vitals.FAREWELL_SECONDS);
            assertEquals(1000, closed().code());
        }
    }

    @Test
    void waitsForAClientOnASlowLineThatSendsTooMuch() throws IOException {
        try (TestClient client = server.upgraded()) {
            byte[] large = frame(FIN | Opcode.BINARY, new byte[36 << 20]);
            // More than lies in all the buffers between, so that some of each third is read after it was begun.
            int third = large.length / 3;
            client.socket.setSendBufferSize(64 * 1024);
            for (int i = 0; i < 3; i++) {
                client.out.write(large, i * third, third);
                server.pass(Vitals.FAREWELL_SECONDS - 1);
            }
            assertEquals(CloseReason.TOO_BIG, client.frame().status());
            assertTrue(client.isAtEnd());
            assertTrue(!server.session().closed.isDone(), "its side is still open");

            await().atMost(Duration.ofSeconds(10)).until(() -> {
                // What lies in the buffers is still being read.
                server.pass(1);
                return server.session().closed.isDone();
            });
            assertEquals(CloseReason.TOO_BIG, closed().code());
        }
    }

    @Test
    void noticesAClientThatJustGoes() throws IOException {
        server.upgraded().close();
        assertEquals(CloseReason.ABNORMAL, closed().code());
        server.upgraded().reset();
        assertEquals(CloseReason.ABNORMAL, closed().code());
    }

    @Test
    void noticesAClientThatGoesWhileItsSessionWaits() throws IOException {
        server.host.demanding = false;
        TestClient client = server.upgraded();
        client.out.write(TestClient.join(frame(FIN | Opcode.PING, "x"), Wire.text("unread")));
        client.frame();
        client.reset();
        server.pass(60);
        assertEquals(CloseReason.ABNORMAL, closed().code());
    }

    @Test
    void pingsASilentClientAndClosesItWithoutAnAnswer() throws IOException {
        try (TestClient client = server.upgraded()) {
            server.pass(30);
            TestClient.Frame ping = client.frame();
            assertEquals(Opcode.PING, ping.opcode());
            server.pass(15);
            assertEquals(CloseReason.GOING_AWAY, client.frame().status());
        }
        assertEquals(new CloseReason(CloseReason.GOING_AWAY, "no answer to a ping"), closed());
    }

    @Test
    void keepsAClientThatAnswersItsPings() throws IOException {
        try (TestClient client = server.upgraded()) {
            for (int i = 0; i < 3; i++) {
                server.pass(30);
                assertEquals(Opcode.PING, client.frame().opcode());
                client.out.write(frame(FIN | Opcode.PONG, ""));
                client.text("here");
                assertEquals("here", client.frame().text());
            }
        }
    }

    @Test
    void answersAllThatWasSentTogether() throws IOException {
        try (TestClient client = server.upgraded()) {
            List<byte[]> many = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                many.add(Wire.text("message " + i));
            }
            client.out.write(TestClient.join(many.toArray(byte[][]::new)));
            for (int i = 0; i < 200; i++) {
                assertEquals("message " + i, client.frame().text());
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> server.session().sent.get() == 200);
        }
    }

    @Test
    void takesMessagesOnOtherThreads() throws Exception {
        server.host.demanding = false;
        server.host.received = (session, message) -> new Thread(() -> {
                    session.send(message);
                    session.demand();
                })
                .start();
        try (TestClient client = server.upgraded()) {
            server.session().demand();
            for (int i = 0; i < 300; i++) {
                client.text("message " + i);
            }
            for (int i = 0; i < 300; i++) {
                assertEquals("message " + i, client.frame().text());
            }
        }
    }

    @Test
    void sendsOneMessageToManyClients() throws IOException {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(server.upgraded());
        }
        Message message = Message.text("to all of you: " + "x".repeat(1000));
        for (FakeHost.Session session : server.host.sessions) {
            session.send(message);
        }
        for (TestClient client : clients) {
            assertEquals(message.text(), client.frame().text());
            client.close();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> server.shared.links().count() == 0);
    }

    @Test
    void doesNotLetAClientThatDoesNotReadHoldUpAnother() throws IOException {
        try (TestClient slow = server.upgraded();
                TestClient quick = server.upgraded()) {
            Message large = Message.binary(new byte[1 << 20]);
            FakeHost.Session stuck = server.host.sessions.get(0);
            for (int i = 0; i < 20; i++) {
                stuck.send(large);
            }
            quick.text("still there");
            assertEquals("still there", quick.frame().text());
            assertTrue(stuck.sent.get() < 20);
            for (int i = 0; i < 20; i++) {
                assertEquals(1 << 20, slow.frame().payload().remaining());
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> stuck.sent.get() == 20);
        }
    }

    @Test
    void tellsClientsThatTheTransportRestarts() throws IOException {
        try (TestClient client = server.upgraded()) {
            Thread stop = new Thread(server.transport::stop);
            stop.start();
            assertEquals(CloseReason.SERVICE_RESTART, client.frame().status());
        }
        assertEquals(CloseReason.SERVICE_RESTART, closed().code());
    }

    @Test
    void tellsClientsThatTheGatewayShutsDownAndCutsThoseThatStay() throws IOException {
        try (TestClient client = server.upgraded()) {
            server.frameworkState.set(Bundle.STOPPING);
            long begun = System.nanoTime();
            server.transport.stop();
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(4).toNanos());
            assertEquals(CloseReason.GOING_AWAY, client.frame().status());
        }
        assertEquals(CloseReason.GOING_AWAY, closed().code());
    }

    @Test
    void takesNobodyWhenItHasStopped() throws IOException {
        server.transport.stop();
        try (TestClient client = server.connect()) {
            assertTrue(client.upgrade("/echo").startsWith("HTTP/1.1 503 "));
        }
    }

    private CloseReason closed() {
        return server.session().closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void sendUntilItFails(TestClient client, byte[] message) {
        try {
            for (int i = 0; i < 10_000; i++) {
                client.out.write(message);
            }
        } catch (SocketException | SocketTimeoutException e) {
            // the test has closed the socket
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
