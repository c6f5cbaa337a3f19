package io.fieldgate.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A client that talks as fast as it can and reads nothing, until it is told to read. Used by one thread. */
final class SlowClient implements AutoCloseable {

    /** So much the gateway, the handler and the buffers of the system may take before the client must be held. */
    static final long MOST_TAKEN = 32L << 20;

    private static final int SMALL_BUFFER = 4_096;

    /** As long as nothing could be written for this time the client counts as held. */
    private static final Duration HELD = Duration.ofSeconds(1);

    private final SocketChannel channel = SocketChannel.open();
    private final Selector selector = Selector.open();
    private final Conversation.Part part;
    private final EchoLedger ledger = new EchoLedger();
    private final Incoming in = new Incoming();
    private ByteBuffer out = ByteBuffer.allocate(0);
    private long taken;

    /** How the gateway treats a client that reads nothing. */
    enum Fate {
        HELD,
        CLOSED,
        NEITHER
    }

    SlowClient(Upgrade upgrade, Conversation.Part part) throws IOException {
        this.part = part;
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            channel.connect(new InetSocketAddress(upgrade.host(), upgrade.port()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(upgrade.request()));
            readHead();
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Talks until the gateway takes no more of it, has closed it, or has taken too much. */
    Fate talk() throws IOException {
        try {
            while (taken < MOST_TAKEN) {
                if (!out.hasRemaining()) {
                    out = ByteBuffer.wrap(Frame.text(part.say(ledger.send())).masked());
                }
                int count = channel.write(out);
                taken += count;
                if (count == 0 && await(SelectionKey.OP_WRITE, HELD) == 0) {
                    return Fate.HELD;
                }
            }
            return Fate.NEITHER;
        } catch (IOException e) {
            return Fate.CLOSED;
        }
    }

    /** How many bytes were taken of it so far. */
    long taken() {
        return taken;
    }

    /**
     * Reads all that has been kept for it.
     *
     * @return the code it was closed with; empty if everything it has said was answered
     * @throws AssertionError if neither happens
     */
    OptionalLong catchUp(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            Optional<Frame> frame = in.frame();
            if (frame.isPresent()) {
                if (frame.get().opcode() == Frame.CLOSE) {
                    return OptionalLong.of(frame.get().closeCode());
                }
                heard(frame.get());
            } else if (ledger.lost() == 0 && !out.hasRemaining()) {
                assertInOrder();
                return OptionalLong.empty();
            } else {
                await(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ, HELD);
                if (out.hasRemaining()) {
                    channel.write(out);
                }
                read();
            }
        }
        throw new AssertionError("when the slow client read again, " + ledger.lost() + " of its " + ledger.sent()
                + " messages were never answered, and it was not closed");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }

    private void heard(Frame frame) {
        if (frame.opcode() == Frame.TEXT) {
            part.hear(frame.text()).ifPresent(ledger::echo);
        }
    }

    private void assertInOrder() {
        if (ledger.doubled() + ledger.reordered() > 0) {
            throw new AssertionError("when the slow client read again, " + ledger.doubled()
                    + " messages were answered twice and " + ledger.reordered() + " after later ones");
        }
    }

    private void readHead() throws IOException {
        long end = System.nanoTime() + WebSocketProbe.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<String> head = in.head();
            if (head.isPresent()) {
                if (Incoming.status(head.get()) != Incoming.SWITCHING_PROTOCOLS) {
                    throw new AssertionError("the slow client was not let in: " + head.get());
                }
                return;
            }
            await(SelectionKey.OP_READ, HELD);
            read();
        }
        throw new AssertionError("the slow client got no answer to its request");
    }

    private void read() throws IOException {
        if (in.readFrom(channel) < 0 && in.isEmpty()) {
            throw new IOException("the connection has ended without a close frame");
        }
    }

    private int await(int operations, Duration limit) throws IOException {
        channel.keyFor(selector).interestOps(operations);
        int ready = selector.select(limit.toMillis());
        selector.selectedKeys().clear();
        return ready;
    }
}
