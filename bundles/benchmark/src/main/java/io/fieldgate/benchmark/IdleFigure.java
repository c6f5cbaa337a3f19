package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Client;
import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.LoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What connections cost that say nothing. */
final class IdleFigure implements Figure {

    private static final int WARM_UP_CLIENTS = 50;
    private static final int BYTES = 32;
    private static final Duration STARTS = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofMillis(500);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "what the server grows by when clients connect to the echo and say nothing, for each of them";
    }

    @Override
    public Duration estimate(Settings settings) {
        return settings.settle().multipliedBy(2).plus(STARTS);
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.FANOUT);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE)) {
            warmUp(server, contender);
            Optional<Long> heapBefore = liveHeap(server, contender);
            try (Load load = new Load(server.port(), contender.protocol())) {
                load.run(settings.settle(), () -> {});
                long before = ProcessUsage.residentKilobytes(server.pid());
                load.connect(settings.clients(), "/echo", "", IdleFigure::refuse);
                load.run(settings.settle(), () -> {});
                long after = ProcessUsage.residentKilobytes(server.pid());
                List<Reading> readings = new ArrayList<>();
                readings.add(new Reading("RSS per connection", "kB", each(after - before, settings)));
                if (heapBefore.isPresent()) {
                    Optional<Long> heapAfter = liveHeap(server, contender);
                    heapAfter.ifPresent(heap -> readings.add(
                            new Reading("live heap per connection", "kB", each(heap - heapBefore.get(), settings))));
                }
                return readings;
            }
        }
    }

    private static void warmUp(ServerProcess server, Contender contender) throws IOException {
        try (Load load = new Load(server.port(), contender.protocol())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", WARM_UP_CLIENTS, 1, ClosedLoop.letters(BYTES));
            load.run(WARM_UP, traffic::step);
        }
    }

    private static Optional<Long> liveHeap(ServerProcess server, Contender contender) throws IOException {
        return contender.isJava() ? ProcessUsage.liveHeapKilobytes(server.pid()) : Optional.empty();
    }

    private static double each(long kilobytes, Settings settings) {
        return kilobytes / (double) settings.clients();
    }

    private static void refuse(Client client, ByteBuffer payload) throws LoadException {
        throw new LoadException("an idle client was sent a message of " + payload.remaining() + " bytes");
    }
}
