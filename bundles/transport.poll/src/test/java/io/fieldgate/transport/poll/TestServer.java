package io.fieldgate.transport.poll;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.framework.Bundle;

/** A Jetty of the kind that the gateway runs on, with the transport in front of a servlet that says hello. Time passes by {@link #pass}. */
final class TestServer implements AutoCloseable {

    static final Settings DEFAULTS =
            new Settings(256, 30, 25, 15, 256, 262_144, 8_388_608, 262_144, 8_388_608, 10, 1000, false);

    /** The id of every session that {@link #withKnownId} makes. */
    static final String ID = "q5Xw0m7T_Zk2Jf8RbVn1Ag";

    final FakeHost host = new FakeHost();
    final AtomicInteger frameworkState = new AtomicInteger(Bundle.ACTIVE);
    final PollSessions sessions;
    final PollTransport transport;

    private final Server server = new Server(new QueuedThreadPool(8, 2));
    private final ServerConnector connector =
            new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(new HttpConfiguration()));

    TestServer(Settings settings) {
        this(settings, new PollSessions(settings.sessionsMax(), settings.keepTotalBytes()));
    }

    private TestServer(Settings settings, PollSessions sessions) {
        this.sessions = sessions;
        transport = new PollTransport(framework(), host, sessions, settings);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(30_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        filter(context, new FilterHolder((request, response, chain) -> {
            admit((HttpServletRequest) request);
            chain.doFilter(request, response);
        }));
        filter(context, new FilterHolder(transport));
        ServletHolder hello = new ServletHolder(new Hello());
        hello.setAsyncSupported(true);
        context.addServlet(hello, "/*");
        server.setHandler(context);
        LifeCycle.start(server);
    }

    TestServer() {
        this(DEFAULTS);
    }

    static TestServer withKnownId() {
        Supplier<String> ids = () -> ID;
        return new TestServer(DEFAULTS, new PollSessions(DEFAULTS.sessionsMax(), DEFAULTS.keepTotalBytes(), ids));
    }

    TestClient connect() throws IOException {
        return new TestClient(connector.getLocalPort());
    }

    FakeHost.Session session() {
        return host.sessions.get(host.sessions.size() - 1);
    }

    int threads() {
        return server.getThreadPool().getThreads() - server.getThreadPool().getIdleThreads();
    }

    /** Lets seconds pass for the time-outs. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            sessions.beat();
        }
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
        String name = request.getHeader("X-User") == null ? User.ANONYMOUS : request.getHeader("X-User");
        if (request.getHeader("X-No-User") == null) {
            request.setAttribute(User.ATTRIBUTE, new User(name, Role.VIEWER));
        }
    }

    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().print("hello");
        }
    }
}
