package io.fieldgate.security;

import io.fieldgate.api.data.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The servlets in a real container with few threads, on a port of its own. Each request is {@link #user}'s. */
final class EndpointServer {

    static final int THREADS = 8;

    final AtomicReference<User> user = new AtomicReference<>();

    private final Server server;
    private final ServerConnector connector;

    EndpointServer(Subject subject) throws Exception {
        server = new Server(new QueuedThreadPool(THREADS));
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        add(context, "/api/login", new LoginServlet(subject.realm, subject.audit));
        add(context, "/api/logout", new LogoutServlet(subject.realm, subject.audit));
        add(context, "/api/me", new MeServlet());
        add(context, "/api/tickets", new TicketServlet(subject.realm));
        FilterHolder filter = new FilterHolder(new LetIn());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", null);
        server.setHandler(context);
        server.start();
    }

    private static void add(ServletContextHandler context, String path, Servlet servlet) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
    }

    int port() {
        return connector.getLocalPort();
    }

    void stop() throws Exception {
        server.stop();
    }

    /** Says who the user is, as the transport does. */
    private final class LetIn extends HttpFilter {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (user.get() != null) {
                request.setAttribute(User.ATTRIBUTE, user.get());
            }
            chain.doFilter(request, response);
        }
    }
}
