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
        OPENING,
        OPEN,
        CLOSED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int number;
    private final Dialect dialect;
    private final Receiver receiver;
    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer rest = NOTHING;
    private ByteBuffer out = NOTHING;
    private State state = State.CONNECTING;

    Client(Selector selector, int port, int number, Dialect dialect, Receiver receiver) throws IOException {
        this.number = number;
        this.dialect = dialect;
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
     * Writes bytes, or keeps what the socket does not take and writes it as soon as it does.
     *
     * @param frame what is to be sent; its position moves
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
     * Makes what is sent for a message in the dialect of this client.
     *
     * @param text ASCII without quotes, backslashes and control characters; is not changed
     * @return a direct buffer, for {@link #send}
     */
    public ByteBuffer message(byte[] text) {
        return dialect.message(text);
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
            state = State.OPENING;
            key.interestOps(SelectionKey.OP_READ);
            send(dialect.request());
            advance(NOTHING);
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

    /** The server lets it in. To be called again does nothing. */
    void open() throws IOException {
        if (!isOpen() && state != State.CLOSED) {
            state = State.OPEN;
            receiver.opened(this);
        }
    }

    /** A message has come. */
    void deliver(ByteBuffer message) throws IOException {
        receiver.received(this, message);
    }

    /** The server has asked whether it is there, and was answered. */
    void pinged() {
        receiver.pinged(this);
    }

    /** The server has closed, or broken off. */
    void end(String reason) throws IOException {
        boolean early = state != State.OPEN;
        cut();
        if (early) {
            throw new LoadException("the server has ended the handshake: " + reason);
        }
        receiver.closed(this, reason);
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
        advance(in);
        while (state == State.OPEN && dialect.take(this, in)) {
            // each turn takes one
        }
        if (state != State.CLOSED && in.hasRemaining()) {
            rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        if (count < 0 && state != State.CLOSED) {
            end("without a close frame");
        }
    }

    private void advance(ByteBuffer in) throws IOException {
        if (state == State.OPENING && dialect.takeAnswer(this, in)) {
            open();
        }
    }

    private void keep(ByteBuffer frame) {
        out = ByteBuffer.allocate(out.remaining() + frame.remaining())
                .put(out)
                .put(frame)
                .flip();
    }
}
