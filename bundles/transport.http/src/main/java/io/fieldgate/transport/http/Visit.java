package io.fieldgate.transport.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * A request at the gate.
 *
 * @param request as servlets see it
 * @param inner as Jetty sees it
 * @param answer its answer
 * @param chain what is behind the gate
 */
record Visit(HttpServletRequest request, ServletContextRequest inner, HttpServletResponse answer, FilterChain chain) {

    static Visit of(HttpServletRequest request, HttpServletResponse answer, FilterChain chain) {
        return new Visit(request, ServletContextRequest.getServletContextRequest(request), answer, chain);
    }

    /** Tells whether a request is to become something else, such as a WebSocket. Many programs offer HTTP/2, which is not taken up. */
    static boolean asksForUpgrade(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && !upgrade.equalsIgnoreCase("h2c");
    }

    /** The decoded path. */
    String path() {
        String info = request.getPathInfo();
        String path = request.getServletPath() + (info == null ? "" : info);
        return path.isEmpty() ? "/" : path;
    }
}
