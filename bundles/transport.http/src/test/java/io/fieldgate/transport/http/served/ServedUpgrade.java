package io.fieldgate.transport.http.served;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpStream;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Takes every request that asks for the protocol "test", at any path. */
public final class ServedUpgrade implements Preprocessor {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (!"test".equals(http.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        answer.setHeader("Upgrade", "test");
        answer.setHeader("Connection", "Upgrade");
        ServletContextRequest inner = ServletContextRequest.getServletContextRequest(request);
        inner.setAttribute(
                HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new ServedConnection(inner.getConnectionMetaData()));
    }

    @Override
    public void init(FilterConfig config) {
        // nothing to prepare
    }

    @Override
    public void destroy() {
        // nothing to clear away
    }
}
