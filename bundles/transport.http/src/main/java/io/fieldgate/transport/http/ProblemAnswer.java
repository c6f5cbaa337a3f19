package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers a request with a problem before it has come to any servlet. */
final class ProblemAnswer {

    /** When a client may try again that has come at a bad moment. */
    static final int RETRY_SECONDS = 2;

    private ProblemAnswer() {}

    static void send(Problem problem, Request request, Response response, Callback callback) {
        byte[] json = problem.json();
        request.consumeAvailable(); // what is still to come ends the connection
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        }
        response.write(true, ByteBuffer.wrap(json), callback);
    }
}
