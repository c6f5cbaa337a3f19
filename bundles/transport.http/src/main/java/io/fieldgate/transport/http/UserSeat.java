package io.fieldgate.transport.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;

/** A seat that a user has until a request is over, or, if it upgrades its connection, until that is closed. It is given back once. */
final class UserSeat implements Connection.Listener {

    private final Runnable giveBack;
    private final AtomicBoolean left = new AtomicBoolean();

    UserSeat(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /** Follows a request to its end. */
    void follow(Request request) {
        request.addHttpStreamWrapper(stream -> new Followed(stream, request, this));
    }

    @Override
    public void onClosed(Connection connection) {
        leave();
    }

    private void leave() {
        if (left.compareAndSet(false, true)) {
            giveBack.run();
        }
    }

    /** Apart from the seat, which an open WebSocket keeps: the request can go. */
    private static final class Followed extends HttpStream.Wrapper {

        private final Request request;
        private final UserSeat seat;

        Followed(HttpStream stream, Request request, UserSeat seat) {
            super(stream);
            this.request = request;
            this.seat = seat;
        }

        @Override
        public void succeeded() {
            EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
            boolean upgrades = request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) instanceof Connection;
            if (upgrades) {
                ((Connection) request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE)).addEventListener(seat);
            }
            super.succeeded();
            if (!upgrades || !endPoint.isOpen()) {
                seat.leave();
            }
        }

        @Override
        public void failed(Throwable failure) {
            super.failed(failure);
            seat.leave();
        }
    }
}
