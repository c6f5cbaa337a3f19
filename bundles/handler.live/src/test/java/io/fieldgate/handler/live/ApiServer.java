package io.fieldgate.handler.live;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.testkit.FakePoints;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The servlet in a real container with few threads, on a port of its own. Each request is an operator's unless it says not. */
final class ApiServer {

    static final int THREADS = 8;

    final ApiServlet servlet;
    final Fanout fanout;
    final Writes writes;

    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(1);
    private final Server server;
    private final ServerConnector connector;

    ApiServer(FakePoints points, int maxStreams) throws Exception {
        fanout = new Fanout(points, worker, System::nanoTime);
        writes = new Writes(points);
        servlet = new ApiServlet(fanout, writes, maxStreams, 1);
        server = new Server(new QueuedThreadPool(THREADS));
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/api/*");
        FilterHolder filter = new FilterHolder(new Roles());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", null);
        server.setHandler(context);
        server.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    void stop() throws Exception {
        servlet.deactivate();
        fanout.deactivate();
        server.stop();
    }

    /** Says who the user is, as the transport does. */
    private static final class Roles extends HttpFilter {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Role role = "viewer".equals(request.getHeader("X-Role")) ? Role.VIEWER : Role.OPERATOR;
            request.setAttribute(User.ATTRIBUTE, new User("ada", role, "token:ada"));
            chain.doFilter(request, response);
        }
    }
}
