package io.fieldgate.transport.files;

import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty of the kind that the gateway runs on, with as few threads, and sites at their paths. */
final class TestServer implements AutoCloseable {

    private final Server server = new Server(new QueuedThreadPool(8, 2));
    private final ServerConnector connector =
            new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(new HttpConfiguration()));

    TestServer(Site... sites) {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(60_000);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        for (Site site : List.of(sites)) {
            ServletHolder holder = new ServletHolder(new FileServlet(site));
            holder.setAsyncSupported(true);
            context.addServlet(holder, site.path().equals("/") ? "/" : site.path() + "/*");
        }
        server.setHandler(context);
        LifeCycle.start(server);
    }

    int port() {
        return connector.getLocalPort();
    }

    /** One request on a connection of its own. */
    Reply ask(String method, String target, String... headers) throws Exception {
        try (Client client = new Client(port())) {
            return client.ask(method, target, headers);
        }
    }

    Reply get(String target, String... headers) throws Exception {
        return ask("GET", target, headers);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
