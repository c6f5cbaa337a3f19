package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.itest.subject.FailingTrialHandler;
import io.fieldgate.itest.subject.HangingTrialHandler;
import io.fieldgate.itest.subject.TrialHandler;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Open sessions outlive a handler that takes them over and is no good, when the one before comes back. */
class TrialIT {

    private static final int CLIENTS = 500;
    private static final String GOOD = "io.fieldgate.itest.trial";

    private static GatewayProcess gateway;
    private static BundleList bundles;

    private final List<WebSocketProbe> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        bundles = gateway.bundles();
        gateway.deploy(TestBundle.of("trial", TrialHandler.class).build(), "trial.jar");
        bundles.awaitVersion(GOOD, "1.0.0");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/trial");
            clients.add(client);
            assertEquals("hello", client.ask("hello"));
        }
    }

    @AfterEach
    void close() throws IOException {
        for (WebSocketProbe client : clients) {
            client.close();
        }
    }

    @Test
    void outliveOneThatThrowsOnEveryMessage() throws Exception {
        comesAndGoes("trial.failing", FailingTrialHandler.class, "not even a message");
    }

    /** Four calls of it hold all threads that one handler may have. */
    @Test
    void outliveOneThatBlocksForEver() throws Exception {
        comesAndGoes("trial.hanging", HangingTrialHandler.class, "blocks for ever");
    }

    private void comesAndGoes(String name, Class<? extends SocketHandler> bad, String log) throws Exception {
        String symbolicName = "io.fieldgate.itest." + name;
        gateway.deploy(TestBundle.of(name, bad).build(), name + ".jar");
        gateway.awaitLog("(" + symbolicName + " 1.0.0)", "is committed");
        bundles.stop(GOOD);
        for (WebSocketProbe client : clients) {
            client.send("lost");
        }
        gateway.awaitLog(log);

        bundles.stop(symbolicName);
        bundles.start(GOOD);

        for (WebSocketProbe client : clients) {
            client.send("and now?");
            String answer = client.text();
            assertEquals("and now?", answer.equals("lost") ? client.text() : answer, "what was not begun is not lost");
        }
    }
}
