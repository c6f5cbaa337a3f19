package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;

/** A client that has agreed on permessage-deflate, and looks closely at what it gets. */
final class DeflateClient implements AutoCloseable {

    final TestClient connection;

    private final String terms;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private int farthest;

    DeflateClient(TestClient connection, String offers) throws IOException {
        this.connection = connection;
        String head = connection.upgrade("/echo", "Sec-WebSocket-Extensions: " + offers);
        terms = head.lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Extensions: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was agreed: " + head));
        assertTrue(terms.contains("; server_no_context_takeover"), terms);
        assertTrue(terms.contains("; client_no_context_takeover"), terms);
    }

    /** The value of a parameter of the server's answer. */
    Optional<String> answered(String parameter) {
        return Arrays.stream(terms.split("; "))
                .filter(part -> part.startsWith(parameter + "="))
                .map(part -> part.substring(parameter.length() + 1))
                .findFirst();
    }

    /** Sends a message, compressed and then cut into fragments. */
    void send(int kind, byte[] payload, int fragment) throws IOException {
        byte[] out = new byte[payload.length + payload.length / 100 + 100];
        deflater.reset();
        deflater.setInput(payload);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - Inflating.TAIL.length;
        OutputStream wire = new BufferedOutputStream(connection.out, 65_536);
        int step = Math.min(fragment, length);
        for (int from = 0; from < length; from += step) {
            int to = Math.min(from + step, length);
            int first = (to == length ? Wire.FIN : 0) | (from == 0 ? Wire.RSV1 | kind : Opcode.CONTINUATION);
            wire.write(Wire.frame(first, Arrays.copyOfRange(out, from, to)));
        }
        wire.flush();
    }

    /** The next message, in one frame and compressed or not. */
    byte[] receive(int kind) throws IOException {
        TestClient.Frame frame = connection.frame();
        assertEquals(Wire.FIN | kind, frame.first() & ~Wire.RSV1, frame::line);
        byte[] payload = new byte[frame.payload().remaining()];
        frame.payload().get(payload);
        if ((frame.first() & Wire.RSV1) == 0) {
            return payload;
        }
        DeflateReader reader = new DeflateReader(TestClient.join(payload, Inflating.TAIL));
        byte[] message = reader.readAll();
        farthest = Math.max(farthest, reader.farthest());
        return message;
    }

    /** How far back a reference in what was received has reached. */
    int farthest() {
        return farthest;
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        connection.close();
    }
}
