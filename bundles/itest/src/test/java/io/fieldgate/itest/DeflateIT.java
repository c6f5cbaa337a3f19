package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.DeflateEchoHandler;
import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages are compressed (permessage-deflate, RFC 7692) if handler and client both want it, and else are not. */
class DeflateIT {

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String OFFER = "permessage-deflate; client_max_window_bits";

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        gateway.deploy(TestBundle.of("deflate", DeflateEchoHandler.class).build(), "deflate.jar");
        gateway.bundles().awaitVersion("io.fieldgate.itest.deflate", "1.0.0");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void goesThereAndBackIfBothWantIt() throws Exception {
        String text = "the same words again, ".repeat(200);
        try (WebSocketProbe client = WebSocketProbe.open(offer("/deflate-echo"))) {
            assertTrue(
                    client.answer().header(EXTENSIONS).orElse("").startsWith("permessage-deflate"),
                    () -> client.answer().toString());
            for (int i = 0; i < 3; i++) {
                Frame sent = Frame.text(text + i).deflated();
                client.send(sent);
                Frame echo = client.next(WebSocketProbe.PATIENCE);
                assertTrue(echo.isCompressed(), "the echo is not marked as compressed");
                assertEquals(Frame.TEXT, echo.opcode());
                assertTrue(echo.length() < text.length() / 4, () -> "the echo has " + echo.length() + " bytes");
                assertEquals(
                        (text.length() + 1) + " " + text + i, echo.inflated().text());
            }
            client.send(Frame.text("as it is"));
            Frame plain = client.next(WebSocketProbe.PATIENCE);
            assertEquals("8 as it is", plain.isCompressed() ? plain.inflated().text() : plain.text());
        }
    }

    @Test
    void isNotSpokenToAClientThatHasNotOfferedIt() throws Exception {
        String text = "x".repeat(4_000);
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/deflate-echo")) {
            assertEquals(Optional.empty(), client.answer().header(EXTENSIONS));
            client.send(text);
            Frame echo = client.next(WebSocketProbe.PATIENCE);
            assertFalse(echo.isCompressed());
            assertEquals("4000 " + text, echo.text());
        }
    }

    @Test
    void isNotAgreedToWhereTheHandlerDoesNotWantIt() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(offer("/echo"))) {
            assertEquals(Optional.empty(), client.answer().header(EXTENSIONS));
            assertEquals("plain", client.ask("plain"));
            client.send(Frame.text("compressed all the same").deflated());
            assertEquals(1002, client.closeCode());
        }
    }

    private static Upgrade offer(String path) {
        return Upgrade.to(gateway.uri(), path).header(EXTENSIONS, OFFER);
    }
}
