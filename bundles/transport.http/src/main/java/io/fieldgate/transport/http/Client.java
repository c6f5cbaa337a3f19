package io.fieldgate.transport.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** Where a request comes from; behind a proxy that is trusted, where the proxy says. */
final class Client {

    private static final String LOOPBACK = "127.0.0.1";

    private Client() {}

    /** The IP address, without a port; of one at a Unix domain socket, which has none, that of this machine. */
    static String address(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? inet.getAddress().getHostAddress()
                : LOOPBACK;
    }

    /** Tells whether it is on this machine, and has not come through a proxy. */
    static boolean isLocal(Request request) {
        Cloaked cloaked = Request.as(request, Cloaked.class);
        if (cloaked != null && cloaked.isProxied()) {
            return false;
        }
        ConnectionMetaData connection = request.getConnectionMetaData();
        return isHere(connection.getRemoteSocketAddress()) && isHere(connection.getLocalSocketAddress());
    }

    /** A Unix domain socket has no address of the internet. */
    private static boolean isHere(SocketAddress address) {
        return !(address instanceof InetSocketAddress inet)
                || inet.isUnresolved()
                || inet.getAddress().isLoopbackAddress();
    }
}
