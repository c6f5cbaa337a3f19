package io.fieldgate.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One connection of a {@link Swarm}. Used by the thread of its lane alone. */
final class SwarmClient {

    private enum State {
        CONNECTING,
        UPGRADING,
        OPEN,
        CLOSED
    }

    private static final Pattern DEFLATE_AGREED =
            Pattern.compile("(?im)^sec-websocket-extensions:\\s*permessage-deflate");

    private final SocketChannel socket;
    private final ClientChannel channel;
    private final SelectionKey key;
    private final Upgrade upgrade;
    private final Conversation.Part part;
    private final long[] sentAt;
    private final EchoLedger ledger = new EchoLedger();
    private final Incoming in = new Incoming();
    private ByteBuffer out = ByteBuffer.allocate(0);
    private State state = State.CONNECTING;
    private boolean deflate;
    private int closeCode;
    private long longestWait;

    SwarmClient(Selector selector, Upgrade upgrade, Conversation.Part part, int window) throws IOException {
        this.upgrade = upgrade;
        this.part = part;
        sentAt = new long[window];
        socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel = ClientChannel.of(socket, upgrade);
        key = socket.register(selector, SelectionKey.OP_CONNECT, this);
        socket.connect(new InetSocketAddress(upgrade.host(), upgrade.port()));
    }

    /** Goes on as far as the socket lets it. */
    void ready() {
        try {
            if (key.isValid() && key.isConnectable() && socket.finishConnect()) {
                state = State.UPGRADING;
                key.interestOps(SelectionKey.OP_READ);
                write(upgrade.request());
            }
            if (key.isValid() && key.isReadable()) {
                do {
                    read();
                } while (key.isValid() && channel.hasUnread());
            }
            if (key.isValid() && (key.isWritable() || channel.hasUnsent() || out.hasRemaining())) {
                flush();
            }
        } catch (IOException e) {
            end(1006);
        }
    }

    /** Sends as many messages as the window has room for. */
    void sendAll() {
        long before;
        do {
            before = ledger.sent();
            send();
        } while (ledger.sent() > before);
    }

    /** Sends the next message, unless the window is full or the last one has not left. */
    void send() {
        if (state != State.OPEN || ledger.inFlight() >= sentAt.length || out.hasRemaining()) {
            return;
        }
        long number = ledger.send();
        sentAt[(int) (number % sentAt.length)] = System.nanoTime();
        try {
            Frame message = Frame.text(part.say(number));
            write((deflate ? message.deflated() : message).masked());
        } catch (IOException e) {
            end(1006);
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    int closeCode() {
        return closeCode;
    }

    EchoLedger ledger() {
        return ledger;
    }

    /** The longest wait for an echo since this was asked last, in nanoseconds; what is waited for now counts. */
    long takeLongestWait(long now) {
        long longest = longestWait;
        longestWait = 0;
        return state == State.OPEN && ledger.inFlight() > 0 ? Math.max(longest, now - sentAtOldest()) : longest;
    }

    /** Leaves with 1000, without waiting for the answer. */
    void leave() {
        try {
            if (state == State.OPEN) {
                write(Frame.close(1000).masked());
            }
        } catch (IOException e) {
            // it is gone either way
        }
        end(1000);
    }

    private long sentAtOldest() {
        return sentAt[(int) (ledger.oldest() % sentAt.length)];
    }

    private void read() throws IOException {
        int count = in.readFrom(channel);
        if (state == State.UPGRADING && !upgraded()) {
            return;
        }
        Optional<Frame> frame = in.frame();
        while (frame.isPresent() && state == State.OPEN) {
            received(frame.get());
            frame = in.frame();
        }
        if (count < 0 && state != State.CLOSED) {
            end(1006);
        }
    }

    private boolean upgraded() throws IOException {
        Optional<String> head = in.head();
        if (head.isEmpty()) {
            return false;
        }
        int status = Incoming.status(head.get());
        if (status != Incoming.SWITCHING_PROTOCOLS) {
            end(status);
            return false;
        }
        deflate = DEFLATE_AGREED.matcher(head.get()).find();
        state = State.OPEN;
        return true;
    }

    private void received(Frame frame) throws IOException {
        switch (frame.opcode()) {
            case Frame.TEXT -> heard((frame.isCompressed() ? frame.inflated() : frame).text());
            case Frame.PING -> write(frame.pong().masked());
            case Frame.CLOSE -> end(frame.closeCode());
            default -> {}
        }
    }

    private void heard(String text) {
        OptionalLong answered = part.hear(text);
        if (answered.isEmpty()) {
            return;
        }
        if (ledger.inFlight() > 0) {
            longestWait = Math.max(longestWait, System.nanoTime() - sentAtOldest());
        }
        ledger.echo(answered.getAsLong());
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer more = ByteBuffer.allocate(out.remaining() + bytes.length);
        out = more.put(out).put(bytes).flip();
        flush();
    }

    private void flush() throws IOException {
        channel.write(out);
        boolean unsent = channel.hasUnsent() || (out.hasRemaining() && channel.isReady());
        key.interestOps(unsent ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void end(int code) {
        state = State.CLOSED;
        closeCode = code;
        key.cancel();
        try {
            socket.close();
        } catch (IOException e) {
            // it has ended either way
        }
    }
}
