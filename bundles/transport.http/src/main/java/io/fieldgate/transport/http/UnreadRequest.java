package io.fieldgate.transport.http;

import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.SerializedInvoker;

/** A request with a body that nobody should read, and nobody can. */
final class UnreadRequest extends Request.Wrapper {

    private final Content.Chunk refusal =
            Content.Chunk.from(new BadMessageException("a request for a WebSocket has no body"), true);
    private final SerializedInvoker invoker = new SerializedInvoker(UnreadRequest.class);

    UnreadRequest(Request request) {
        super(request);
    }

    @Override
    public Content.Chunk read() {
        return refusal;
    }

    @Override
    public void demand(Runnable callback) {
        invoker.run(callback);
    }
}
