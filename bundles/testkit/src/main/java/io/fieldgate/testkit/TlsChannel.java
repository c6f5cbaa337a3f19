package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TLS over a socket that does not block, from the client's side. The handshake goes on with whatever is read or written. */
final class TlsChannel implements ClientChannel {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;
    /** From the wire, not yet decrypted. This and the others are ready to be read from. */
    private final ByteBuffer sealedIn;
    /** Decrypted, not yet taken. */
    private final ByteBuffer opened;
    /** Encrypted, not yet sent. */
    private final ByteBuffer sealedOut;

    private boolean ended;
    /** Whether all that has come from the wire was used; what is left is less than a record. */
    private boolean starved = true;

    TlsChannel(SocketChannel socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
        engine.setUseClientMode(true);
        int packet = engine.getSession().getPacketBufferSize();
        sealedIn = ByteBuffer.allocate(2 * packet).limit(0);
        sealedOut = ByteBuffer.allocate(2 * packet).limit(0);
        opened = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        boolean more = true;
        while (more && !opened.hasRemaining()) {
            more = unseal() || fill();
        }
        starved = !more;
        int count = Math.min(into.remaining(), opened.remaining());
        into.put(opened.slice().limit(count));
        opened.position(opened.position() + count);
        return count == 0 && ended ? -1 : count;
    }

    @Override
    public boolean hasUnread() {
        return opened.hasRemaining() || !starved;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        send();
        while ((from.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)
                && !sealedOut.hasRemaining()
                && seal(from)) {
            send();
        }
    }

    @Override
    public boolean hasUnsent() {
        return sealedOut.hasRemaining();
    }

    @Override
    public boolean isReady() {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send() throws IOException {
        socket.write(sealedOut);
    }

    /** Reads from the socket; false if there is nothing now. */
    private boolean fill() throws IOException {
        sealedIn.compact();
        int count = socket.read(sealedIn);
        sealedIn.flip();
        ended |= count < 0;
        return count > 0;
    }

    /** Takes one step inwards; false if it needs more from the wire. */
    private boolean unseal() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            write(NOTHING);
            return !sealedOut.hasRemaining();
        }
        opened.compact();
        SSLEngineResult result = engine.unwrap(sealedIn, opened);
        opened.flip();
        runTasks();
        ended |= result.getStatus() == Status.CLOSED;
        return result.getStatus() == Status.OK
                && (result.bytesConsumed() > 0 || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }

    /** Takes one step outwards; false if it has to wait for the other side. */
    private boolean seal(ByteBuffer from) throws IOException {
        sealedOut.clear();
        SSLEngineResult result = engine.wrap(from, sealedOut);
        sealedOut.flip();
        runTasks();
        return result.bytesProduced() > 0;
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
