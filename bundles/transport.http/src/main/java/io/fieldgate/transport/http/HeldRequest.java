package io.fieldgate.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A request that waits before it comes to the servlets. */
final class HeldRequest extends Waiter {

    private final WaitingRoom room;
    private final Response response;
    private final Callback callback;
    private final Request.Handler onward;

    HeldRequest(
            WaitingRoom room,
            Request request,
            Response response,
            Callback callback,
            Request.Handler onward,
            long since) {
        super(request, since);
        this.room = room;
        this.response = response;
        this.callback = callback;
        this.onward = onward;
    }

    /** Whatever happens to the connection meanwhile ends the waiting; that nothing does is as it should be. */
    @Override
    void begin() {
        request().addIdleTimeoutListener(timeout -> false);
        request().addFailureListener(failure -> {
            if (room.leave(this)) {
                callback.failed(failure);
            }
        });
    }

    /**
     * What the client may have sent behind its request goes back to where Jetty looks for it. A client that has closed its side cannot be told
     * from one that has gone; it is answered, but does not wait.
     */
    @Override
    boolean isAbandoned() {
        boolean whole = request() instanceof WholeBody || !BodyIntake.hasBody(request());
        if (!whole
                || !(request().getConnectionMetaData().getConnection() instanceof HttpConnection connection)
                || !connection.isRequestBufferEmpty()) {
            return false;
        }
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            int count = connection.getEndPoint().fill(one);
            if (count > 0) {
                connection.onUpgradeTo(one);
            }
            return count < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    void goOn() {
        Request.Handler again = (request, answer, done) -> room.pass(request, answer, done, onward, since());
        try {
            request()
                    .getComponents()
                    .getExecutor()
                    .execute(() -> LateHandling.run(again, request(), response, callback));
        } catch (RejectedExecutionException e) { // Jetty is about to stop
            callback.failed(e);
        }
    }

    @Override
    void refuse(Problem problem) {
        ProblemAnswer.send(problem, request(), response, callback);
    }
}
