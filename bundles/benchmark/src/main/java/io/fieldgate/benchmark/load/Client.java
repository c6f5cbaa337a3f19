package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a {@link Load}. Used by one thread. */
public final class Client {

    private enum State {
        CONNECTING,
        UPGRADING,
        OPEN,
        CLOSED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int number;
    private final Handshake handshake;
    private final Receiver receiver;
    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer rest = NOTHING;
    private ByteBuffer out = NOTHING;
    private State state = State.CONNECTING;

    Client(Selector selector, int port, int number, Handshake handshake, Receiver receiver) throws IOException {
        this.number = number;
        this.handshake = handshake;
        this.receiver = receiver;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Which of the clients of its load that were connected together this is.
     *
     * @return 0 and up
     */
    public int number() {
        return number;
    }

    /**
     * Tells whether messages can be sent.
     *
     * @return true from the end of the handshake until either side closes
     */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /**
     * Writes a frame, or keeps what the socket does not take and writes it as soon as it does.
     *
     * @param frame the frame; its position moves
     * @throws IOException if the connection is broken
     */
    public void send(ByteBuffer frame) throws IOException {
        if (out.hasRemaining()) {
            keep(frame);
            return;
        }
        channel.write(frame);
        if (frame.hasRemaining()) {
            keep(frame);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /**
     * Cuts the connection. It leaves no port in the state TIME_WAIT, of which there are 28,000 only.
     *
     * @throws IOException if that fails
     */
    public void cut() throws IOException {
        state = State.CLOSED;
        if (channel.isOpen()) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
    }

    /** Goes on as far as the socket lets it; the buffer is anybody's again afterwards. */
    void ready(ByteBuffer in) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            state = State.UPGRADING;
            key.interestOps(SelectionKey.OP_READ);
            send(handshake.request());
            return;
        }
        if (key.isWritable()) {
            channel.write(out);
            if (!out.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        if (key.isReadable()) {
            read(in);
        }
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear();
        if (rest.hasRemaining()) {
            in.put(rest);
        }
        rest = NOTHING;
        int count;
        try {
            count = channel.read(in);
        } catch (IOException e) {
            end("broken, " + e.getMessage());
            return;
        }
        in.flip();
        if (state == State.UPGRADING && handshake.takeAnswer(in)) {
            state = State.OPEN;
            receiver.opened(this);
        }
        while (state == State.OPEN && takeFrame(in)) {
            // each turn takes one
        }
        if (state != State.CLOSED && in.hasRemaining()) {
            rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        if (count < 0 && state != State.CLOSED) {
            end("without a close frame");
        }
    }

    /** Hands the frame at the front of the buffer on; false if it has not arrived whole. */
    private boolean takeFrame(ByteBuffer in) throws IOException {
        int head = Frames.headLength(in);
        if (head == 0) {
            return false;
        }
        int length = Frames.payloadLength(in);
        if (in.remaining() < head + length) {
            return false;
        }
        int opcode = Frames.opcode(in);
        int limit = in.limit();
        int end = in.position() + head + length;
        in.position(in.position() + head).limit(end);
        received(opcode, in);
        in.limit(limit).position(end);
        return true;
    }

    private void received(int opcode, ByteBuffer payload) throws IOException {
        switch (opcode) {
            case Frames.TEXT -> receiver.received(this, payload);
            case Frames.PING -> {
                byte[] echo = new byte[payload.remaining()];
                payload.get(echo);
                send(Frames.masked(Frames.PONG, echo));
            }
            case Frames.PONG -> {}
            case Frames.CLOSE ->
                end(payload.remaining() < 2 ? "no code" : String.valueOf(payload.getShort(payload.position())));
            default -> throw new LoadException("the server has sent a frame with opcode " + opcode);
        }
    }

    private void keep(ByteBuffer frame) {
        out = ByteBuffer.allocate(out.remaining() + frame.remaining())
                .put(out)
                .put(frame)
                .flip();
    }

    private void end(String reason) throws IOException {
        boolean early = state != State.OPEN;
        cut();
        if (early) {
            throw new LoadException("the server has ended the handshake: " + reason);
        }
        receiver.closed(this, reason);
    }
}
