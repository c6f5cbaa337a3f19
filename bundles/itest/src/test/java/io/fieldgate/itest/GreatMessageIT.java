package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the file of {@code docs/conformance.md} the gateway, as it is shipped, echoes the greatest messages there are. */
class GreatMessageIT {

    private static final int GREATEST = 16 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start(GatewayHome.create()
                .configure(
                        "io.fieldgate.handler.echo",
                        Map.of(
                                "fieldgate.socket.message.max.bytes",
                                Integer.toString(GREATEST),
                                "fieldgate.socket.deflate",
                                "true")));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            assertFalse(gateway.log().contains("OutOfMemoryError"), gateway::log);
        } finally {
            gateway.close();
        }
    }

    @Test
    void inOneFrame() throws Exception {
        byte[] text = noise(GREATEST);
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            for (int opcode : new int[] {Frame.TEXT, Frame.BINARY, Frame.TEXT}) {
                client.send(new Frame(true, opcode, text));
                assertEcho(opcode, text, client.next(LONG));
            }
        }
    }

    @Test
    void inManySmallFragments() throws Exception {
        byte[] text = noise(4 << 20);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int from = 0; from < text.length; from += 64) {
            boolean last = from + 64 == text.length;
            int opcode = from == 0 ? Frame.TEXT : Frame.CONTINUATION;
            frames.writeBytes(new Frame(last, opcode, Arrays.copyOfRange(text, from, from + 64)).masked());
        }
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.raw(frames.toByteArray());
            assertEcho(Frame.TEXT, text, client.next(LONG));
        }
    }

    @Test
    void compressed() throws Exception {
        Upgrade offer = Upgrade.to(gateway.uri(), "/echo").header("Sec-WebSocket-Extensions", "permessage-deflate");
        byte[] zeros = new byte[GREATEST];
        byte[] text = noise(GREATEST);
        try (WebSocketProbe client = WebSocketProbe.open(offer)) {
            client.send(new Frame(true, Frame.BINARY, zeros).deflated());
            Frame echo = client.next(LONG);
            assertTrue(echo.isCompressed() && echo.length() < GREATEST / 100, "it is compressed");
            client.send(new Frame(true, Frame.TEXT, text));
            assertTrue(client.next(LONG).length() <= GREATEST);
            assertEquals("still there", ask(client, "still there"));
        }
    }

    @Test
    void butNotOneByteMore() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.send(new Frame(true, Frame.BINARY, new byte[GREATEST + 1]));
            assertEquals(1009, client.closeCode());
        }
    }

    private static String ask(WebSocketProbe client, String text) throws Exception {
        client.send(text);
        return client.text();
    }

    private static void assertEcho(int opcode, byte[] sent, Frame echo) {
        assertEquals(opcode, echo.opcode());
        assertTrue(Arrays.equals(new Frame(true, opcode, sent).unmasked(), echo.unmasked()), "it is another");
    }

    /** Text that hardly compresses. */
    private static byte[] noise(int length) {
        byte[] random = new byte[length / 4 * 3];
        new Random(6455).nextBytes(random);
        return Base64.getEncoder().encode(random);
    }
}
