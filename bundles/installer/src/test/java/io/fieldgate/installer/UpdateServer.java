package io.fieldgate.installer;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The servlets in a real container, on a port of its own, with a {@link FakeInstaller}; requests are an admin's unless a test says otherwise. */
final class UpdateServer {

    static final int THREADS = 8;

    final FakeInstaller installer = new FakeInstaller();
    final List<String> audit = new CopyOnWriteArrayList<>();
    final UpdatesServlet updates;

    /** Who asks; nobody has been let in if it is empty. */
    volatile Optional<User> user = Optional.of(new User("anna", Role.ADMIN));

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    UpdateServer(int uploadsMax, int waitsMax) throws Exception {
        Doorkeeper door = new Doorkeeper();
        door.bindAudit((who, from, action, subject, outcome) -> audit.add(
                String.join(" ", who, from, action, subject, outcome.name().toLowerCase(Locale.ROOT))));
        updates = new UpdatesServlet(installer, door, waitsMax);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        add(context, "/api/bundles/*", new BundlesServlet(installer, door, uploadsMax));
        add(context, "/api/updates/*", updates);
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

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return begin(request).get(60, TimeUnit.SECONDS);
    }

    CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> put(String path, String jar, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).PUT(HttpRequest.BodyPublishers.ofString(jar));
        return send(headers.length == 0 ? request : request.headers(headers));
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
            user.ifPresent(known -> request.setAttribute(User.ATTRIBUTE, known));
            chain.doFilter(request, response);
        }
    }
}
