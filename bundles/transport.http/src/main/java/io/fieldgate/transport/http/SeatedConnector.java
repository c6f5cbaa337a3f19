package io.fieldgate.transport.http;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty on a TCP port, with one selector that accepts as well. It closes at once whom there is no room for. */
final class SeatedConnector extends ServerConnector {

    private final Seats seats;

    SeatedConnector(Server server, ConnectionFactory... factories) {
        super(server, null, null, null, 0, 1, factories);
        seats = Seats.of(server);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Selectors(executor, scheduler, selectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new MeasuredEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    private final class Selectors extends ServerConnectorManager {

        Selectors(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected void accepted(SelectableChannel channel) throws IOException {
            if (!seats.take(channel, ((SocketChannel) channel).getRemoteAddress())) {
                channel.close();
                return;
            }
            try {
                super.accepted(channel);
            } catch (IOException | RuntimeException e) {
                seats.leave(channel);
                throw e;
            }
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable cause) {
            seats.leave(channel);
            super.onAcceptFailed(channel, cause);
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            super.endPointClosed(endPoint);
            seats.leave(endPoint.getTransport());
        }
    }
}
