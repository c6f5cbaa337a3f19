package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what never gets to a servlet, such as a request that is not HTTP, as a problem instead of a page. */
final class ServerErrors extends ErrorHandler {

    /** What a client is told. The text of an exception is for the log alone. */
    static String detail(int code, String message) {
        if (code >= HttpStatus.INTERNAL_SERVER_ERROR_500) {
            return "the gateway could not answer; its log says why";
        }
        if (code == HttpStatus.NOT_FOUND_404) {
            return "there is nothing at this path";
        }
        return message == null ? HttpStatus.getMessage(code) : message;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        byte[] json = new Problem(code, detail(code, message)).json();
        Strictness.applyIfAbsent(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
        response.write(true, ByteBuffer.wrap(json), callback);
    }
}
