package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** RFC 6455: a handshake, then frames, each a message of its own. */
class WebSocketDialect implements Dialect {

    private final Handshake handshake;

    WebSocketDialect(Handshake handshake) {
        this.handshake = handshake;
    }

    @Override
    public ByteBuffer request() {
        return handshake.request();
    }

    @Override
    public boolean takeAnswer(Client client, ByteBuffer in) throws IOException {
        return handshake.takeAnswer(in);
    }

    @Override
    public final boolean take(Client client, ByteBuffer in) throws IOException {
        int head = Frames.headLength(in);
        if (head == 0) {
            return false;
        }
        int length = Frames.payloadLength(in);
        if (in.remaining() < head + length) {
            return false;
        }
        int opcode = Frames.opcode(in);
        boolean compressed = Frames.isCompressed(in);
        int limit = in.limit();
        int end = in.position() + head + length;
        in.position(in.position() + head).limit(end);
        received(client, opcode, compressed, in);
        in.limit(limit).position(end);
        return true;
    }

    @Override
    public ByteBuffer message(byte[] text) {
        return Frames.masked(Frames.TEXT, text);
    }

    /**
     * A text has come.
     *
     * @param client whose it is
     * @param compressed whether the frame says so
     * @param payload what the frame carries, between position and limit
     * @throws IOException if it is not what the server may send
     */
    void text(Client client, boolean compressed, ByteBuffer payload) throws IOException {
        if (compressed) {
            throw new LoadException("the server has sent a compressed frame, which nobody asked for");
        }
        client.deliver(payload);
    }

    private void received(Client client, int opcode, boolean compressed, ByteBuffer payload) throws IOException {
        switch (opcode) {
            case Frames.TEXT -> text(client, compressed, payload);
            case Frames.PING -> {
                byte[] echo = new byte[payload.remaining()];
                payload.get(echo);
                client.send(Frames.masked(Frames.PONG, echo));
                client.pinged();
            }
            case Frames.PONG -> {}
            case Frames.CLOSE ->
                client.end(payload.remaining() < 2 ? "no code" : String.valueOf(payload.getShort(payload.position())));
            default -> throw new LoadException("the server has sent a frame with opcode " + opcode);
        }
    }
}
