package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.framework.Bundle;

/** A Jetty of the kind that the gateway runs on, with the transport in front of a servlet that says hello, but at {@code /nothing}. */
final class TestServer implements AutoCloseable {

    static final Settings DEFAULTS = new Settings(30, 15, 300, 4096, 65_536, 128, 1024, 1000, false, 120, 25_165_824);

    /** Who makes each request. */
    static final User VIEWER = new User("ada", Role.VIEWER, "token:ada");

    final FakeHost host = new FakeHost();
    final AtomicInteger frameworkState = new AtomicInteger(Bundle.ACTIVE);
    final Shared shared;
    final WebSocketTransport transport;

    private final Server server = new Server(new QueuedThreadPool(8, 2));
    private final ServerConnector connector;

    TestServer() {
        this(DEFAULTS, 0);
    }

    TestServer(Settings settings, int port) {
        this(settings, port, new HttpConnectionFactory(new HttpConfiguration()));
    }

    /** @param protocols what is spoken at the port, the outermost first */
    TestServer(Settings settings, int port, ConnectionFactory... protocols) {
        connector = new ServerConnector(server, null, null, null, 0, 1, protocols);
        shared = Shared.of(settings);
        transport = new WebSocketTransport(framework(), host, shared);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(30_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        filter(context, new FilterHolder((request, response, chain) -> {
            admit((HttpServletRequest) request);
            chain.doFilter(request, response);
        }));
        filter(context, new FilterHolder((Filter) transport));
        ServletHolder hello = new ServletHolder(new Hello());
        hello.setAsyncSupported(true);
        context.addServlet(hello, "/*");
        server.setHandler(context);
        LifeCycle.start(server);
    }

    int port() {
        return connector.getLocalPort();
    }

    TestClient connect() throws IOException {
        return new TestClient(port());
    }

    /** A client that is in already; the connection is its own by then, which the 101 alone does not tell. */
    TestClient upgraded() throws IOException {
        TestClient client = connect();
        client.upgrade("/echo");
        client.out.write(Wire.frame(Wire.FIN | Opcode.PING, ""));
        client.frame();
        return client;
    }

    FakeHost.Session session() {
        return host.sessions.get(host.sessions.size() - 1);
    }

    /** Lets seconds pass for the time-outs. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            shared.heartbeat().beat();
        }
    }

    /** The defaults, but that clients on this machine are held to a rate, and to a time and an amount of memory. */
    static Settings limited(int messagesPerSecond, int messageSeconds, int buffersMaxBytes) {
        return new Settings(
                30, 15, 300, 4096, 65_536, 128, 1024, messagesPerSecond, true, messageSeconds, buffersMaxBytes);
    }

    @Override
    public void close() {
        transport.stop();
        LifeCycle.stop(server);
    }

    private static void filter(ServletContextHandler context, FilterHolder filter) {
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private Bundle framework() {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getState")) {
                        return frameworkState.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Lets requests in, as transport.http does. */
    private static void admit(HttpServletRequest request) {
        if (request.getHeader("X-No-User") == null) {
            request.setAttribute(User.ATTRIBUTE, VIEWER);
        }
    }

    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().startsWith("/nothing")) {
                response.sendError(404);
            } else {
                response.getOutputStream().print("hello");
            }
        }
    }
}
