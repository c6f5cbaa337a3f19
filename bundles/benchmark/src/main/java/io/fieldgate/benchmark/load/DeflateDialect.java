package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * RFC 7692 without context takeover, so that a message is compressed once for all clients and all times. What comes back is
 * inflated when it is seen for the first time: a server makes the same of the same text.
 */
final class DeflateDialect extends WebSocketDialect {

    private static final String OFFER =
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n";

    /** What a sender leaves away at the end of each message (7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private ByteBuffer lastCompressed = ByteBuffer.allocate(0);
    private ByteBuffer lastText = ByteBuffer.allocate(0);

    DeflateDialect(int port, String path) {
        super(new Handshake(port, path, OFFER));
    }

    @Override
    public ByteBuffer message(byte[] text) {
        return Frames.compressed(deflate(text));
    }

    @Override
    void text(Client client, boolean compressed, ByteBuffer payload) throws IOException {
        if (!compressed) {
            throw new LoadException("the server has sent a text that is not compressed");
        }
        if (!payload.equals(lastCompressed)) {
            byte[] copy = new byte[payload.remaining()];
            payload.get(copy);
            lastText = ByteBuffer.wrap(inflate(copy));
            lastCompressed = ByteBuffer.wrap(copy);
        }
        client.deliver(lastText.duplicate());
    }

    static byte[] deflate(byte[] text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(text);
            ByteBuffer out = ByteBuffer.allocate(text.length + 64);
            deflater.deflate(out, Deflater.SYNC_FLUSH);
            byte[] whole = new byte[out.position() - TAIL.length];
            out.flip().get(whole);
            return whole;
        } finally {
            deflater.end();
        }
    }

    static byte[] inflate(byte[] compressed) throws LoadException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(ByteBuffer.allocate(compressed.length + TAIL.length)
                    .put(compressed)
                    .put(TAIL)
                    .flip());
            ByteBuffer out = ByteBuffer.allocate(Load.GREATEST_MESSAGE);
            inflater.inflate(out);
            byte[] text = new byte[out.position()];
            out.flip().get(text);
            return text;
        } catch (DataFormatException e) {
            throw new LoadException("the server has sent a text that cannot be inflated: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
