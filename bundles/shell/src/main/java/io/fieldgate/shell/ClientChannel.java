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

/**
 * The connection to one client, with waits that end. Buffers and not streams, for the two streams of one channel block each
 * other before Java 19.
 *
 * <p><b>Threading.</b> One thread reads and then one at a time writes; any may close.
 */
final class ClientChannel implements Closeable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    ClientChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /**
     * Reads what is there, and waits if there is nothing.
     *
     * @param into where to, with room for a byte or more
     * @param limit the longest wait
     * @return the number of bytes, or -1 when the client sends no more
     * @throws InterruptedIOException if the time is up
     */
    int read(ByteBuffer into, Duration limit) throws IOException {
        int read = channel.read(into);
        while (read == 0) {
            await(SelectionKey.OP_READ, limit);
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
                await(SelectionKey.OP_WRITE, limit);
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
        selector.close();
    }

    private void await(int operation, Duration limit) throws IOException {
        int ready;
        try {
            key.interestOps(operation);
            ready = selector.select(limit.toMillis());
            selector.selectedKeys().clear();
        } catch (CancelledKeyException | ClosedSelectorException e) {
            IOException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
        if (ready == 0 && channel.isOpen()) {
            throw new InterruptedIOException("the client did nothing for " + limit.toSeconds() + " s");
        }
    }
}
