package io.fieldgate.transport.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Goes on with a request that has waited: nobody above looks after what comes of it any more. */
final class LateHandling {

    private LateHandling() {}

    static void run(Request.Handler onward, Request request, Response response, Callback callback) {
        try {
            if (!onward.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) { // declared so by Jetty, of whatever serves the request
            Response.writeError(request, response, callback, e);
        }
    }
}
