package io.fieldgate.transport.poll;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is answered later, without a thread until then. Exactly one answer is to be given.
 *
 * @param context the request
 * @param response its response, of which nothing was answered yet
 */
record Exchange(AsyncContext context, HttpServletResponse response) {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    static Exchange of(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // every wait of this transport has an end of its own
        return new Exchange(context, response);
    }

    /** Answers with why not. */
    void refuse(Refusal refusal) {
        answer(() -> refusal.send(response));
    }

    /** Answers a POST. */
    void next(long number) {
        byte[] body = Forms.ascii("{\"next\":" + number + '}');
        answer(() -> {
            describe(PollRequest.POLL);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        });
    }

    /** Ends it without an answer, for nobody is there who would get one. */
    void abandon() {
        answer(() -> {});
    }

    /** Sets the headers of an answer of 200. */
    void describe(String type) {
        describe(type, response);
    }

    /** Sets the headers of an answer of 200. */
    static void describe(String type, HttpServletResponse response) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        if (type.equals(PollRequest.STREAM)) {
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            // Tells nginx not to hold events back.
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    private interface Answer {
        void write() throws IOException;
    }

    private void answer(Answer answer) {
        try {
            answer.write();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a client without WebSocket has gone before it could be answered", e);
        }
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the container has ended the response already", e);
        }
    }
}
