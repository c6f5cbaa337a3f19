package io.fieldgate.transport.http.served;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Sends back what it gets. */
public final class ServedConnection extends AbstractConnection {

    public ServedConnection(ConnectionMetaData http) {
        super(http.getConnection().getEndPoint(), http.getConnector().getExecutor());
    }

    @Override
    public void onOpen() {
        super.onOpen();
        fillInterested();
    }

    @Override
    public void onFillable() {
        ByteBuffer buffer = BufferUtil.allocate(1024);
        try {
            if (getEndPoint().fill(buffer) < 0) {
                close();
                return;
            }
            getEndPoint().write(Callback.NOOP, buffer);
            fillInterested();
        } catch (IOException e) {
            close();
        }
    }
}
