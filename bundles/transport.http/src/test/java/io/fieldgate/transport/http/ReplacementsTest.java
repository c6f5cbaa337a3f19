package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** Bundles that are replaced under their clients, in a real framework. */
class ReplacementsTest {

    private static final String OK = "HTTP/1.1 200 ";

    @TempDir
    static Path cache;

    private static InFelix felix;
    private static String url;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"));
        felix.ready();
        url = felix.announced(Gateway.LISTENING, "fieldgate.url");
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    @AfterEach
    void leave() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        felix.served().start();
        felix.replaced().start();
    }

    @Test
    void hasServletAndPageWaitForTheirSuccessorAndNothingElse() throws Exception {
        ServiceRegistration<?> condition = replace(felix.replaced());
        RawClient servlet = asks("/replaced/x");
        RawClient page = asks("/replaced-page/hello.txt");
        assertStarts(OK, asks("/servlet/x"));
        assertStarts(OK, asks("/page/hello.txt"));
        assertStarts("HTTP/1.1 404 ", asks("/nothing/here"));
        assertTrue(servlet.isQuiet());
        felix.replaced().start();
        assertTrue(page.isQuiet());
        condition.unregister();
        assertStarts(OK, servlet);
        assertStarts(OK, page);
        assertStarts(OK, asks("/replaced/x"));
    }

    @Test
    void answersWithWhatIsThereWhenTheSuccessorServesSomethingElse() throws Exception {
        ServiceRegistration<?> condition = replace(felix.replaced());
        RawClient client = asks("/replaced/x");
        assertTrue(client.isQuiet());
        condition.unregister();
        assertStarts("HTTP/1.1 404 ", client);
    }

    @Test
    void letsARequestEndThatIsUnderWay() throws Exception {
        RawClient client = connect();
        client.send(post("/replaced/body", 100_000) + "x".repeat(50_000));
        RawClient other = asks("/replaced/x");
        assertStarts(OK, other);
        CompletableFuture<ServiceRegistration<?>> replacing =
                CompletableFuture.supplyAsync(() -> felix.replacing(felix.replaced()));
        assertThrows(TimeoutException.class, () -> replacing.get(300, TimeUnit.MILLISECONDS));
        client.send("x".repeat(50_000));
        String answer = client.answer();
        assertTrue(answer.endsWith("100000 bytes"), answer);
        replacing.get(20, TimeUnit.SECONDS).unregister();
    }

    @Test
    void waitsForNoRequestThatStaysOpen() throws Exception {
        RawClient stream = asks("/replaced/held");
        assertTrue(stream.head().startsWith(OK));
        long begin = System.nanoTime();
        ServiceRegistration<?> condition = felix.replacing(felix.replaced());
        long took = System.nanoTime() - begin;
        condition.unregister();
        assertTrue(took < TimeUnit.MILLISECONDS.toNanos(1900), took + " ns");
    }

    @Test
    void takesABodyInWhenItIsServed() throws Exception {
        ServiceRegistration<?> condition = replace(felix.replaced());
        RawClient small = connect();
        small.send(post("/replaced/body", 5) + "12345");
        RawClient large = connect();
        large.send(post("/replaced/body", 100_000) + "x".repeat(100_000));
        assertTrue(small.isQuiet() && large.isQuiet());
        felix.replaced().start();
        condition.unregister();
        assertTrue(small.answer().endsWith("5 bytes"));
        assertTrue(large.answer().endsWith("100000 bytes"));
    }

    @Test
    void hasEverythingWaitForWhatStandsBeforeAllServlets() throws Exception {
        ServiceRegistration<?> condition = replace(felix.served());
        RawClient other = asks("/replaced/x");
        RawClient upgrade = connect();
        upgrade.get("/any/path", "Connection: Upgrade", "Upgrade: test");
        assertTrue(other.isQuiet() && upgrade.isQuiet());
        felix.served().start();
        condition.unregister();
        assertStarts(OK, other);
        assertTrue(upgrade.head().startsWith("HTTP/1.1 101 "));
    }

    @Test
    void hasThoseWaitWhoseServletGoesWithWhatIsReplaced() throws Exception {
        ServiceRegistration<?> condition =
                felix.replacing(felix.transport().getBundleContext().getBundle(1));
        assertStarts(OK, asks("/replaced/x"));
        felix.replaced().stop();
        RawClient client = asks("/replaced/x");
        assertTrue(client.isQuiet());
        felix.replaced().start();
        condition.unregister();
        assertStarts(OK, client);
    }

    @Test
    void hasEverythingWaitIfWhatStandsBeforeAllServletsGoesWithWhatIsReplaced() throws Exception {
        ServiceRegistration<?> condition =
                felix.replacing(felix.transport().getBundleContext().getBundle(1));
        felix.served().stop();
        RawClient client = asks("/replaced/x");
        assertTrue(client.isQuiet());
        felix.served().start();
        condition.unregister();
        assertStarts(OK, client);
    }

    @Test
    void losesNothingWhenItHappensOftenUnderLoad() throws Exception {
        List<CompletableFuture<Integer>> loads = new ArrayList<>();
        CompletableFuture<Void> enough = new CompletableFuture<>();
        for (int i = 0; i < 4; i++) {
            loads.add(CompletableFuture.supplyAsync(() -> load(enough)));
        }
        for (int i = 0; i < 20; i++) {
            ServiceRegistration<?> condition = replace(felix.replaced());
            felix.replaced().start();
            condition.unregister();
        }
        enough.complete(null);
        for (CompletableFuture<Integer> load : loads) {
            assertTrue(load.get(30, TimeUnit.SECONDS) > 0);
        }
    }

    @Test
    void takesLargeBodiesOnlyWhereAServletSaysSo() throws Exception {
        RawClient client = connect();
        client.send(post("/large/body", 5 << 20));
        for (int i = 0; i < 5 << 20; i += 65_536) {
            client.send("x".repeat(65_536));
        }
        assertTrue(client.answer().endsWith((5 << 20) + " bytes"));
        assertRefused("/large/body", 65 << 20, 64 << 20);
        assertRefused("/exactly", 65 << 20, 64 << 20);
        assertRefused("/exactly/x", 5 << 20, 1 << 20);
        assertRefused("/servlet/body", 5 << 20, 1 << 20);
        assertRefused("/small/body", 2001, 2000);
        felix.replaced().stop();
        assertRefused("/large/body", 5 << 20, 1 << 20);
    }

    private static Integer load(CompletableFuture<Void> enough) {
        int count = 0;
        try (RawClient client = new RawClient(url)) {
            while (!enough.isDone()) {
                client.get(count % 2 == 0 ? "/replaced/x" : "/replaced-page/hello.txt");
                assertStarts(OK, client);
                count++;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return count;
    }

    private void assertRefused(String path, int size, int most) throws IOException {
        RawClient client = connect();
        client.send(post(path, size));
        String answer = client.answer();
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("a body may have " + most + " bytes"), answer);
    }

    private static ServiceRegistration<?> replace(Bundle bundle) throws Exception {
        ServiceRegistration<?> condition = felix.replacing(bundle);
        bundle.stop();
        return condition;
    }

    private RawClient asks(String path) throws IOException {
        RawClient client = connect();
        client.get(path);
        return client;
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(url);
        clients.add(client);
        return client;
    }

    private static void assertStarts(String start, RawClient client) throws IOException {
        String answer = client.answer();
        assertTrue(answer.startsWith(start), answer);
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
