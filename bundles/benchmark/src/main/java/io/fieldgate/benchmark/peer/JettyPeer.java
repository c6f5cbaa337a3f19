package io.fieldgate.benchmark.peer;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Plain Jetty with its listener API, as its manual shows it, with the settings it comes with. */
public final class JettyPeer {

    private final Set<Session> subscribers = ConcurrentHashMap.newKeySet();

    private JettyPeer() {}

    /**
     * Serves until it is killed.
     *
     * @param arguments none
     * @throws Exception if Jetty does not start
     */
    public static void main(String... arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        // The jar of Felix holds no service files, by which Jetty finds its extensions. A client that offers none gets
        // none.
        WebSocketServerComponents.ensureWebSocketComponents(server)
                .getExtensionRegistry()
                .register("permessage-deflate", PerMessageDeflateExtension.class);
        WebSocketUpgradeHandler upgrades = WebSocketUpgradeHandler.from(server, new JettyPeer()::serve);
        PathMappingsHandler pages = new PathMappingsHandler();
        ResourceHandler files = new ResourceHandler();
        files.setBaseResource(ResourceFactory.of(files).newResource(Path.of("").toAbsolutePath()));
        pages.addMapping(PathSpec.from("/static/*"), files);
        pages.addMapping(PathSpec.from("/"), new JettyPage());
        upgrades.setHandler(pages);
        server.setHandler(upgrades);
        // Only with this does it end in good order when it is told to, which the class archive needs.
        server.setStopAtShutdown(true);
        server.start();
        ReadyLine.print("Jetty", Server.getVersion(), connector.getLocalPort());
        server.join();
    }

    private void serve(ServerWebSocketContainer container) {
        container.addMapping("/echo", (request, response, callback) -> new Echo());
        container.addMapping("/deflate", (request, response, callback) -> new Echo());
        container.addMapping("/fan/subscribe", (request, response, callback) -> new Subscriber(subscribers));
        container.addMapping("/fan/publish", (request, response, callback) -> new Publisher(subscribers));
    }

    /** Sends every text back. Public, or Jetty cannot call it. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, Callback.NOOP);
        }
    }

    /** Gets what is published. Public, or Jetty cannot call it. */
    public static final class Subscriber extends Session.Listener.AbstractAutoDemanding {

        private final Set<Session> subscribers;

        private Subscriber(Set<Session> subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            subscribers.add(session);
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason) {
            subscribers.remove(getSession());
        }
    }

    /** Publishes. Public, or Jetty cannot call it. */
    public static final class Publisher extends Session.Listener.AbstractAutoDemanding {

        private final Set<Session> subscribers;

        private Publisher(Set<Session> subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        public void onWebSocketText(String message) {
            subscribers.forEach(subscriber -> subscriber.sendText(message, Callback.NOOP));
        }
    }
}
