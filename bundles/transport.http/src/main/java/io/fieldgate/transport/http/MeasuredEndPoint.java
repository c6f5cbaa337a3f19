package io.fieldgate.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection that knows how much of what is being written its client has not taken yet. It costs nothing as long as clients take all. */
class MeasuredEndPoint extends SocketChannelEndPoint {

    private final ManagedSelector selector;

    private volatile long left;

    MeasuredEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
        this.selector = selector;
    }

    /** Runs something on the thread that looks at events, this connection's among them. */
    void betweenEvents(Runnable doing) {
        selector.submit(update -> doing.run());
    }

    /** Tells whether a write waits for the client. */
    boolean isStuck() {
        return getWriteFlusher().isPending();
    }

    /** What waits, in bytes; of meaning only while a write does. */
    long left() {
        return left;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        boolean whole = super.flush(buffers);
        if (!whole) {
            left = BufferUtil.remaining(buffers);
        }
        return whole;
    }
}
