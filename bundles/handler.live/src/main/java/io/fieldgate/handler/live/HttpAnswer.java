package io.fieldgate.handler.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** An answer over HTTP, complete with its body. */
final class HttpAnswer {

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    HttpAnswer(int status, String type, byte[] body) {
        this(status, type, body, Map.of());
    }

    private HttpAnswer(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = headers;
    }

    static HttpAnswer json(LiveJson.Part members) {
        return new HttpAnswer(200, "application/json", LiveJson.object(members));
    }

    HttpAnswer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, type, body, more);
    }

    /** Sends the answer without holding a thread, however slowly the client takes it, and completes the request. */
    void send(AsyncContext context) throws IOException {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private boolean written;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (written) {
                        context.complete();
                        return;
                    }
                    written = true;
                    out.write(body);
                }
            }

            @Override
            public void onError(Throwable failure) {
                // The client has gone; nobody is left to be told.
                context.complete();
            }
        });
    }
}
