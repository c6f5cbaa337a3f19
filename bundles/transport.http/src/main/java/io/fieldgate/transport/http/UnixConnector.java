package io.fieldgate.transport.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.IO;

/**
 * Jetty on a Unix domain socket. Its {@code ServerConnector} cannot: it asks the channel for a port. Its connector for these sockets is
 * in a jar that Felix HTTP does not have.
 *
 * <p>A client of such a socket has no address. It is called {@code unix} with a number in place of the port, which tells clients apart in
 * logs and lists; the number begins again after 65,535.
 */
final class UnixConnector extends AbstractNetworkConnector {

    private static final int HIGHEST_NUMBER = 65_535;

    private final SocketFile file;
    private final int backlog;
    private final SelectorManager selectors = new Selectors();
    private final AtomicInteger clients = new AtomicInteger();
    private final Seats seats;

    private volatile ServerSocketChannel channel;
    private volatile Object identity;
    private volatile Closeable acceptor;

    UnixConnector(Server server, SocketFile file, int backlog, ConnectionFactory factory) {
        super(server, null, null, null, 0, factory);
        this.file = file;
        this.backlog = backlog;
        seats = Seats.of(server);
        setHost(file.toString());
        installBean(selectors, true);
    }

    @Override
    public void open() throws IOException {
        if (channel == null) {
            channel = file.open(backlog);
            identity = file.identity();
            channel.configureBlocking(false);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        acceptor = selectors.acceptor(channel);
    }

    @Override
    public void setAccepting(boolean accepting) {
        super.setAccepting(accepting);
        if (!accepting) {
            IO.close(acceptor);
        }
    }

    /** Takes no new client and removes the file, if it is this socket's still. */
    @Override
    public void close() {
        super.close();
        ServerSocketChannel closing = channel;
        if (closing != null && closing.isOpen()) {
            try {
                if (Files.exists(file.path()) && file.identity().equals(identity)) {
                    Files.deleteIfExists(file.path());
                }
            } catch (IOException e) {
                LOG.warn("{} is left behind", file, e);
            }
            IO.close(closing);
        }
    }

    @Override
    public boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    @Override
    public Object getTransport() {
        return channel;
    }

    @Override
    protected void accept(int acceptorId) {
        throw new UnsupportedOperationException("the selector accepts");
    }

    /** A number for the next client, from 1 to the highest that a port can have. */
    private int number() {
        return Math.floorMod(clients.getAndIncrement(), HIGHEST_NUMBER) + 1;
    }

    private final class Selectors extends SelectorManager {

        Selectors() {
            super(UnixConnector.this.getExecutor(), UnixConnector.this.getScheduler(), 1);
        }

        @Override
        protected void accepted(SelectableChannel client) throws IOException {
            if (!seats.take(client, ((SocketChannel) client).getRemoteAddress())) {
                client.close();
                return;
            }
            client.configureBlocking(false);
            accept(client);
        }

        @Override
        protected void onAcceptFailed(SelectableChannel client, Throwable cause) {
            seats.leave(client);
            super.onAcceptFailed(client, cause);
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel client, ManagedSelector selector, SelectionKey key) {
            EndPoint endPoint = new Client((SocketChannel) client, selector, key, number());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }

        @Override
        public Connection newConnection(SelectableChannel client, EndPoint endPoint, Object attachment) {
            return getDefaultConnectionFactory().newConnection(UnixConnector.this, endPoint);
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            super.endPointOpened(endPoint);
            onEndPointOpened(endPoint);
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            onEndPointClosed(endPoint);
            super.endPointClosed(endPoint);
            seats.leave(endPoint.getTransport());
        }
    }

    private final class Client extends MeasuredEndPoint {

        private final SocketAddress name;

        Client(SocketChannel channel, ManagedSelector selector, SelectionKey key, int number) {
            super(channel, selector, key, UnixConnector.this.getScheduler());
            name = InetSocketAddress.createUnresolved("unix", number);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return name;
        }
    }
}
