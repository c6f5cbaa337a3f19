package io.fieldgate.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the shell's local socket, see the shell's README. Both directions go on one thread, so that neither waits for
 * the other.
 *
 * <p><b>Threading.</b> One thread calls {@link #exchange}; any may call the rest, and none of that waits.
 */
final class ShellLink implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ShellLink.class);

    /** As much as can be typed and not yet sent. */
    static final int TYPED_MAX = 64 * 1024;

    private static final int FRAME_BYTES = 4096;
    private static final long NEVER = Long.MAX_VALUE;

    private final Path home;
    private final SocketChannel channel;
    private final Selector selector;

    /** What is being sent; guarded by this. */
    private ByteBuffer current;

    /** What was typed and is not in a frame yet; guarded by this. */
    private final ByteBuffer typed = ByteBuffer.allocate(TYPED_MAX);

    /** A size that was not told yet, or null; guarded by this. */
    private ShellChannel.Size resize;

    /** Whether nothing more is to be sent, and whether the other side has been told; guarded by this. */
    private boolean ending;

    private boolean ended;

    private volatile long end = NEVER;

    /**
     * Makes a connection that {@link #exchange} will open.
     *
     * @param home the home of the gateway
     * @param request what is sent first
     */
    ShellLink(Path home, String request) throws IOException {
        this.home = home;
        current = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
        selector = Selector.open();
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    private SelectionKey connect() throws IOException {
        try {
            // Read each time: the shell's bundle may have been updated, and its path may be another.
            Path record = home.resolve("data").resolve("shell.path");
            channel.connect(UnixDomainSocketAddress.of(Files.readString(record).strip()));
        } catch (NoSuchFileException e) {
            throw new ShellFailure("the gateway has no shell now: the bundle io.fieldgate.shell does not run", e);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new ShellFailure("the gateway's shell does not answer: " + e.getMessage(), e);
        }
        channel.configureBlocking(false);
        return channel.register(selector, 0);
    }

    /**
     * Queues what was typed.
     *
     * @throws IOException if there is no room, which a client that keeps to its window cannot bring about
     */
    synchronized void type(byte[] bytes, int offset, int length) throws IOException {
        if (length > typed.remaining()) {
            throw new IOException("the client has sent more than it may");
        }
        typed.put(bytes, offset, length);
        selector.wakeup();
    }

    /** Tells the size of the terminal, in place of one that was not sent yet. */
    synchronized void resize(ShellChannel.Size size) {
        resize = size;
        selector.wakeup();
    }

    /** Sends what is queued, and then the end. */
    synchronized void end() {
        ending = true;
        selector.wakeup();
    }

    /** Lets {@link #exchange} go on for so long at most. */
    void expire(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
        selector.wakeup();
    }

    /**
     * Connects, and passes on what comes and what goes until the shell has sent its status.
     *
     * @param sink takes what comes
     * @param taken is told how many typed bytes have left the queue
     * @return the status
     * @throws ShellFailure if there is no shell, or it ends before
     * @throws ClosedChannelException if this is closed
     */
    int exchange(FrameReader.Sink sink, IntConsumer taken) throws IOException {
        FrameReader frames = new FrameReader(sink);
        ByteBuffer bytes = ByteBuffer.allocate(8 * 1024);
        try {
            SelectionKey key = connect();
            while (true) {
                boolean more = send(taken);
                key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                selector.select(rest());
                selector.selectedKeys().clear();
                if (channel.read(bytes.clear()) < 0) {
                    throw new ShellFailure("the gateway's shell has gone");
                }
                if (frames.read(bytes.flip())) {
                    return frames.status();
                }
            }
        } catch (CancelledKeyException | ClosedSelectorException e) {
            IOException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
    }

    /** Sends what the shell takes now; returns whether there is more. */
    private boolean send(IntConsumer taken) throws IOException {
        int count = 0;
        boolean more;
        synchronized (this) {
            try {
                do {
                    if (!current.hasRemaining()) {
                        count += nextFrame();
                    }
                    // Nothing is written once the other side has been told of the end: even of nothing that would fail.
                } while (current.hasRemaining() && channel.write(current) > 0);
                more = current.hasRemaining();
                if (!more && ending && !ended) {
                    channel.shutdownOutput();
                    ended = true;
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                // The shell takes nothing any more; why, is in what can still be read.
                current.position(current.limit());
                ended = true;
                more = false;
            }
        }
        if (count > 0) {
            taken.accept(count);
        }
        return more;
    }

    /** Makes a frame of what there is, if there is anything; returns how many typed bytes are in it. */
    private int nextFrame() {
        if (ended) {
            return 0;
        }
        if (resize != null) {
            byte[] size = resize.toString().getBytes(StandardCharsets.US_ASCII);
            current = frame('w', ByteBuffer.wrap(size));
            resize = null;
            return 0;
        }
        if (typed.position() == 0) {
            return 0;
        }
        typed.flip();
        int length = Math.min(typed.remaining(), FRAME_BYTES);
        current = frame('i', typed.slice(0, length));
        typed.position(length);
        typed.compact();
        return length;
    }

    private static ByteBuffer frame(char type, ByteBuffer payload) {
        return ByteBuffer.allocate(1 + Integer.BYTES + payload.remaining())
                .put((byte) type)
                .putInt(payload.remaining())
                .put(payload)
                .flip();
    }

    /** How long to wait, in milliseconds; 0 for ever. */
    private long rest() throws InterruptedIOException {
        long until = end;
        if (until == NEVER) {
            return 0;
        }
        long rest = until - System.nanoTime();
        if (rest <= 0) {
            throw new InterruptedIOException("time is up");
        }
        return rest / 1_000_000 + 1;
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("a connection to the shell was not closed in order", e);
        }
    }
}
