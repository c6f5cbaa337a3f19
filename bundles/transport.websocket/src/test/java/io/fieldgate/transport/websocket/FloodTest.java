package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send too often, too much at once, or without end. */
class FloodTest {

    private static final int NEVER_REACHED = 1_000_000;

    private TestServer server;

    @AfterEach
    void everythingIsGivenBack() {
        await().until(() -> server.shared.links().count() == 0);
        assertEquals(0, server.shared.buffers().taken());
        server.close();
    }

    @Test
    void closesWhoSendsTooManyMessages() throws IOException {
        start(TestServer.limited(100, 120, 1 << 20));
        List<String> heard = flood(Wire.text("spam"), 5000);
        assertEquals("close " + CloseReason.POLICY, heard.get(heard.size() - 1));
        assertTrue(heard.size() <= 5000, "they were not all answered");
        assertEquals(
                "more than 100 messages a second (messages.per.s)",
                server.session().closed.join().text());
    }

    @Test
    void letsAClientSendThatIsNotTooFast() throws IOException {
        start(TestServer.limited(100, 120, 1 << 20));
        try (TestClient client = server.upgraded()) {
            for (int i = 0; i < 150; i++) {
                client.text("hello");
                assertEquals("hello", client.frame().text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FIN | Opcode.PING, FIN | Opcode.PONG})
    void closesWhoSendsTooManyControlFrames(int opcode) throws IOException {
        start(TestServer.limited(100, 120, 1 << 20));
        List<String> heard = flood(frame(opcode, "?"), 5000);
        assertEquals("close " + CloseReason.POLICY, heard.get(heard.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511})
    void closesWhoSendsFragmentsWithoutEnd(int length) throws IOException {
        start(TestServer.limited(100, 120, 1 << 20));
        server.host.maxMessageBytes = 1 << 20;
        try (TestClient client = server.upgraded()) {
            client.out.write(frame(Opcode.BINARY, ""));
            client.out.write(repeated(frame(Opcode.CONTINUATION, new byte[length]), 300));
            client.text("no end");
            assertEquals(List.of("close " + CloseReason.POLICY), client.untilTheEnd());
        }
    }

    @Test
    void answersTheLatestPingsOnlyOfOneWhoSendsMoreThanItNeeds() throws IOException {
        start(TestServer.DEFAULTS);
        try (TestClient client = server.upgraded()) {
            client.out.write(repeated(frame(FIN | Opcode.PING, "?"), 5000));
            client.out.write(frame(FIN | Opcode.PING, "the last"));
            client.text("behind them");
            int pongs = 0;
            String next = client.frame().line();
            for (; next.equals("pong ?"); next = client.frame().line()) {
                pongs++;
            }
            assertEquals("text behind them", next);
            assertTrue(pongs < ControlQueue.PONGS_PER_SECOND, pongs + " pongs");
            server.pass(1);
            assertEquals("pong the last", client.frame().line());
        }
    }

    @Test
    void closesWhoDoesNotFinishAMessage() throws IOException {
        start(TestServer.limited(NEVER_REACHED, 10, 1 << 20));
        try (TestClient client = server.upgraded()) {
            for (int second = 0; second < 9; second++) {
                client.out.write(frame(second == 0 ? Opcode.TEXT : Opcode.CONTINUATION, "a"));
                client.out.write(frame(FIN | Opcode.PING, ""));
                assertEquals("pong ", client.frame().line());
                server.pass(1);
            }
            server.pass(2);
            assertEquals(List.of("close " + CloseReason.POLICY), client.untilTheEnd());
        }
    }

    @Test
    void doesNotTakeManyMessagesForOneThatDoesNotEnd() throws IOException {
        start(TestServer.limited(NEVER_REACHED, 2, 1 << 20));
        byte[] message = Wire.text("cut in two");
        try (TestClient client = server.upgraded()) {
            client.out.write(message, 0, 5);
            for (int second = 0; second < 10; second++) {
                client.out.write(
                        TestClient.join(Arrays.copyOfRange(message, 5, message.length), Arrays.copyOf(message, 5)));
                assertEquals("text cut in two", client.frame().line());
                server.pass(1);
            }
        }
    }

    @Test
    void refusesTheOneForWhomThereIsNoMemoryLeft() throws IOException {
        start(TestServer.limited(NEVER_REACHED, 120, 65_536));
        server.host.maxMessageBytes = 1 << 20;
        try (TestClient first = server.upgraded();
                TestClient second = server.upgraded()) {
            first.out.write(frame(Opcode.TEXT, "x".repeat(40_000)));
            awaitRead(first);
            second.text("a message that comes whole needs nothing");
            assertEquals(
                    "a message that comes whole needs nothing", second.frame().text());
            second.out.write(frame(Opcode.TEXT, "x".repeat(60_000)));
            assertEquals(List.of("close " + CloseReason.TRY_AGAIN_LATER), second.untilTheEnd());
            first.out.write(frame(FIN | Opcode.CONTINUATION, "end"));
            assertEquals(40_003, first.frame().payload().remaining());
            await().until(() -> server.shared.buffers().taken() == 0);
        }
    }

    @Test
    void countsWhatInflatesAgainstTheMemoryThatIsThere() throws IOException {
        start(TestServer.limited(NEVER_REACHED, 120, 65_536));
        server.host.maxMessageBytes = 2 << 20;
        assertBombEndsWith(CloseReason.TRY_AGAIN_LATER, 1 << 20);
    }

    @Test
    void stopsInflatingWhatIsGreaterThanAMessageMayBe() throws IOException {
        start(TestServer.limited(NEVER_REACHED, 120, 1 << 20));
        assertBombEndsWith(CloseReason.TOO_BIG, 16 << 20);
    }

    private void assertBombEndsWith(int code, int bytes) throws IOException {
        server.host.deflate = true;
        try (DeflateClient client = new DeflateClient(server.connect(), "permessage-deflate")) {
            client.send(Opcode.BINARY, new byte[bytes], bytes);
            assertEquals(List.of("close " + code), client.connection.untilTheEnd());
        }
    }

    private void start(Settings settings) {
        server = new TestServer(settings, 0);
    }

    /** All that is answered to a client that sends the same again and again. */
    private List<String> flood(byte[] frame, int times) throws IOException {
        try (TestClient client = server.upgraded()) {
            client.out.write(repeated(frame, times));
            return client.untilTheEnd();
        }
    }

    /** Waits until what a client has sent so far was read. */
    private static void awaitRead(TestClient client) throws IOException {
        client.out.write(frame(FIN | Opcode.PING, "read?"));
        assertEquals("pong read?", client.frame().line());
    }

    private static byte[] repeated(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }
}
