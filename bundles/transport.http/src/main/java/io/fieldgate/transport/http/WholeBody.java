package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;

/** A request whose body is there. */
final class WholeBody extends Request.Wrapper {

    private final Content.Source body;

    WholeBody(Request request, ByteBuffer body) {
        super(request);
        this.body = new ByteBufferContentSource(body);
    }

    @Override
    public Content.Chunk read() {
        return body.read();
    }

    @Override
    public void demand(Runnable callback) {
        body.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
        body.fail(failure);
        super.fail(failure);
    }
}
