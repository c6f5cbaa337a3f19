package io.fieldgate.transport.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpStatus;

/** The answer of a port that is there to send everybody to TLS: the same host, path and query. */
final class TlsRedirect {

    private static final int DEFAULT_PORT = 443;

    private TlsRedirect() {}

    /**
     * Sends the client on.
     *
     * @param port the port that speaks TLS
     * @param name the name that the client used, which is one of the gateway's own; empty if it used none
     */
    static void answer(HttpServletRequest request, HttpServletResponse answer, int port, String name) {
        String query = request.getQueryString();
        String place = "https://"
                + (name.isEmpty() ? literal(request.getLocalAddr()) : name)
                + (port == DEFAULT_PORT ? "" : ":" + port)
                + request.getRequestURI()
                + (query == null ? "" : '?' + query);
        answer.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
        answer.setHeader("Location", place);
        answer.setContentLength(0);
    }

    private static String literal(String address) {
        String bare = address.replaceFirst("%.*", ""); // the interface of a link-local address means nothing to others
        return bare.indexOf(':') < 0 || bare.startsWith("[") ? bare : '[' + bare + ']';
    }
}
