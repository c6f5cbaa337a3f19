package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.transport.http.served.ServedConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserSeatTest {

    private final UserSeats seats = new UserSeats(GivenLimits.of(Map.of("user_connections_max", 1)));
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final AtomicReference<Callback> pending = new AtomicReference<>();

    @BeforeEach
    void start() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                assertTrue(seats.take("anna"));
                new UserSeat(() -> seats.leave("anna")).follow(request);
                switch (Request.getPathInContext(request)) {
                    case "/later" -> pending.set(callback);
                    case "/upgrade" -> upgrade(request, response, callback);
                    default -> callback.succeeded();
                }
                return true;
            }
        });
        LifeCycle.start(server);
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
    }

    @Test
    void isGivenBackWithTheAnswer() throws Exception {
        try (RawClient client = new RawClient(url())) {
            client.get("/now");
            client.answer();
            awaitFree();
            client.get("/later");
            Awaitility.await().until(() -> pending.get() != null);
            assertFalse(seats.take("anna"));
            assertTrue(seats.take("bert"));
            pending.get().succeeded();
            client.answer();
            awaitFree();
        }
    }

    @Test
    void isGivenBackWhenTheUpgradedConnectionIsClosed() throws Exception {
        try (RawClient client = new RawClient(url())) {
            client.get("/upgrade");
            assertTrue(client.answer().startsWith("HTTP/1.1 101 "));
            client.send("hi");
            assertEquals("hi", client.bytes(2));
            assertFalse(seats.take("anna"));
        }
        awaitFree();
    }

    private void awaitFree() {
        Awaitility.await().until(() -> seats.take("anna"));
        seats.leave("anna");
    }

    private String url() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/").toString();
    }

    private static void upgrade(Request request, Response response, Callback callback) {
        response.setStatus(101);
        response.getHeaders().put("Upgrade", "test");
        response.getHeaders().put("Connection", "Upgrade");
        request.setAttribute(
                HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new ServedConnection(request.getConnectionMetaData()));
        callback.succeeded();
    }
}
