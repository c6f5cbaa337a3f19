package io.fieldgate.handler.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.testkit.FakePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that come while samples pour in, with real threads. */
@Timeout(60)
class FanoutConcurrencyTest {

    private static final int CLIENTS = 12;
    private static final int UPDATES = 20_000;

    private final FakePoints points = new FakePoints();
    private final Fanout fanout = new Fanout(points, new ScheduledThreadPoolExecutor(1), System::nanoTime);
    private final ExecutorService network = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        fanout.deactivate();
        network.shutdownNow();
    }

    /** A client whose messages leave on another thread. */
    private final class Client implements Outlet {

        private final List<Sample> samples = new ArrayList<>();
        private final AtomicLong last = new AtomicLong();
        private volatile boolean lagged;

        @Override
        public CompletableFuture<Void> send(Update update) {
            lagged |= update.lagged();
            samples.addAll(update.samples());
            last.set(update.last());
            return CompletableFuture.runAsync(() -> {}, network);
        }
    }

    @Test
    void leavesNothingOutWhileClientsCome() throws Exception {
        points.keep(Integer.MAX_VALUE);
        List<Client> clients = run(Points.Mode.EVERY);

        for (Client client : clients) {
            List<Long> sequences = client.samples.stream().map(Sample::sequence).toList();
            for (int i = 1; i < sequences.size(); i++) {
                assertEquals(sequences.get(i - 1) + 1, sequences.get(i));
            }
            assertTrue(!client.lagged);
        }
    }

    @Test
    void bringsTheNewestWhileClientsCome() throws Exception {
        points.keep(1);
        List<Client> clients = run(Points.Mode.LATEST);

        for (Client client : clients) {
            for (int i = 1; i < client.samples.size(); i++) {
                assertTrue(client.samples.get(i - 1).sequence()
                        < client.samples.get(i).sequence());
            }
        }
    }

    private List<Client> run(Points.Mode mode) throws InterruptedException {
        Selection selection = new Selection(List.of(PointFilter.ALL), mode);
        points.update("sim/device/p", Value.of(-1L));
        Thread source = new Thread(() -> {
            for (long i = 0; i < UPDATES; i++) {
                points.update("sim/device/p", Value.of(i));
            }
        });
        source.start();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client();
            clients.add(client);
            fanout.join(selection, Position.START, client);
        }
        source.join();
        await().untilAsserted(() -> clients.forEach(client -> assertEquals(UPDATES + 1, client.last.get())));
        return clients;
    }
}
