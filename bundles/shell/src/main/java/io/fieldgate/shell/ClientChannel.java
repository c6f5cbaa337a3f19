package io.fieldgate.shell;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The connection to one client, with waits that end. Buffers and not streams, for the two streams of one channel block each
 * other before Java 19.
 *
 * <p><b>Threading.</b> One thread at a time reads, and one at a time writes; any may close.
 */
final class ClientChannel implements Closeable {

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;

    ClientChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        readable = Selector.open();
        writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /**
     * Reads what is there, and waits if there is nothing.
     *
     * @param into where to, with room for a byte or more
     * @param limit the longest wait; zero for one that only the client or {@link #close} ends
     * @return the number of bytes, or -1 when the client sends no more
     * @throws InterruptedIOException if the time is up
     */
    int read(ByteBuffer into, Duration limit) throws IOException {
        int read = channel.read(into);
        while (read == 0) {
            await(readable, limit);
            read = channel.read(into);
        }
        return read;
    }

    /**
     * Writes all there is.
     *
     * @param bytes what to write
     * @param limit the longest time in which the client may take nothing
     * @throws InterruptedIOException if the time is up
     */
    void write(ByteBuffer bytes, Duration limit) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(writable, limit);
            }
        }
    }

    /**
     * Writes what the client takes now, without waiting.
     *
     * @param bytes what to write; what is left in it was not written
     */
    void offer(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }

    /**
     * Waits, whatever interrupts the thread: that is meant for the command that runs on it, and must not part the client from
     * the shell.
     */
    private void await(Selector selector, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            int ready = 0;
            while (ready == 0 && channel.isOpen()) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (!limit.isZero() && rest <= 0) {
                    throw new InterruptedIOException("the client did nothing for " + limit.toSeconds() + " s");
                }
                ready = selector.select(limit.isZero() ? 0 : rest);
                interrupted |= Thread.interrupted();
            }
            selector.selectedKeys().clear();
        } catch (CancelledKeyException | ClosedSelectorException e) {
            IOException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
