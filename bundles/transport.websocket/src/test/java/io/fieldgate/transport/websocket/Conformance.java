package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a conforming server answers (RFC 6455 and 7692), over a socket, plain and with TLS. The cases follow the categories of
 * Autobahn|Testsuite in words of our own; {@code docs/conformance.md} says which test stands for which of them. The handler is an
 * echo that takes 16 MiB.
 */
@ParameterizedClass
@EnumSource(Carrier.class)
abstract class Conformance {

    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private static TestServer server;

    @Parameter
    Carrier carrier;

    /** The pieces in which a client's bytes leave it. */
    enum Pieces {
        ALL_AT_ONCE,
        FRAMES,
        OCTETS
    }

    @BeforeParameterizedClassInvocation
    static void start(Carrier carrier) {
        server = carrier.server(TestServer.DEFAULTS);
        server.host.maxMessageBytes = MAX_MESSAGE_BYTES;
        server.host.deflate = true;
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @AfterEach
    void noSessionHadReasonToComplain() {
        for (FakeHost.Session session : server.host.sessions) {
            assertTrue(session.faults.isEmpty(), session.faults::toString);
        }
        server.host.sessions.clear();
    }

    int port() {
        return server.port();
    }

    /** A client that is in. */
    TestClient open(String... headers) throws IOException {
        TestClient client = carrier.client(server.port());
        String head = client.upgrade("/echo", headers);
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        return client;
    }

    /** Sends frames and then a close frame, and tells all that is answered until the server has closed its side. */
    List<String> answers(Pieces pieces, byte[]... frames) throws IOException {
        try (TestClient client = open()) {
            byte[] close = Wire.close(CloseReason.NORMAL, "");
            switch (pieces) {
                case ALL_AT_ONCE -> client.out.write(TestClient.join(TestClient.join(frames), close));
                case FRAMES -> {
                    for (byte[] frame : frames) {
                        client.out.write(frame);
                    }
                    client.out.write(close);
                }
                case OCTETS -> {
                    for (byte octet : TestClient.join(TestClient.join(frames), close)) {
                        client.out.write(octet);
                    }
                }
            }
            return client.untilTheEnd();
        }
    }

    /** What is answered in whatever pieces the frames come; it must be the same. */
    List<String> answers(byte[]... frames) throws IOException {
        List<String> answers = answers(Pieces.ALL_AT_ONCE, frames);
        for (Pieces pieces : List.of(Pieces.FRAMES, Pieces.OCTETS)) {
            assertEquals(answers, answers(pieces, frames), () -> "in pieces: " + pieces);
        }
        return answers;
    }
}
