package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;

/** What a client of a {@link Swarm} reads and writes, never blocking: its socket, or TLS over it. */
interface ClientChannel extends ReadableByteChannel {

    /** Writes what can be written now. */
    void write(ByteBuffer from) throws IOException;

    /** Whether something that was taken has not left yet. */
    boolean hasUnsent();

    /** Whether something that came has not been read yet, so that the selector will not tell of it. */
    boolean hasUnread();

    /** Whether it would take more if the socket did; while a handshake goes on only reading helps. */
    boolean isReady();

    static ClientChannel of(SocketChannel socket, Upgrade upgrade) {
        return upgrade.tls().isPresent()
                ? new TlsChannel(socket, upgrade.tls().get().createSSLEngine(upgrade.host(), upgrade.port()))
                : new PlainChannel(socket);
    }
}
