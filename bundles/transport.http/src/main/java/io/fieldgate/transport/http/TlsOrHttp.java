package io.fieldgate.transport.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;

/** What each connection of a port begins with. A port can change from one to the other while it is open. */
final class TlsOrHttp extends AbstractConnectionFactory {

    private final BooleanSupplier tls;
    private final TlsDoor door;
    private final ConnectionFactory http;

    /** @param tls asked for each connection */
    TlsOrHttp(BooleanSupplier tls, TlsDoor door, ConnectionFactory http) {
        super("tls-or-http");
        this.tls = tls;
        this.door = door;
        this.http = http;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return tls.getAsBoolean() ? door.newConnection(connector, endPoint) : http.newConnection(connector, endPoint);
    }
}
