package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.LoadException;
import io.fieldgate.benchmark.load.TimedTraffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the gateway costs that has points of a rate, and how late the slowest sample comes to a subscriber that wants every one. */
final class RateFigure implements Figure {

    /** A very short measurement goes on until there is something to be divided by. */
    private static final Duration NOTHING_LIMIT = Duration.ofSeconds(10);

    private static final double BYTES_PER_KILOBYTE = 1_024;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final String name;
    private final PointLoad load;
    private final int points;
    private final int periodMillis;

    /**
     * Makes the figure.
     *
     * @param name what it is called
     * @param load what the gateway is told to have
     * @param points how many points that are
     * @param periodMillis how often each gives a sample
     */
    private RateFigure(String name, PointLoad load, int points, int periodMillis) {
        this.name = name;
        this.load = load;
        this.points = points;
        this.periodMillis = periodMillis;
    }

    static RateFigure polled(String name, int points, int periodMillis) {
        return new RateFigure(name, PointLoad.polled(points, periodMillis), points, periodMillis);
    }

    static RateFigure pushed(String name, int points, int periodMillis) {
        return new RateFigure(name, PointLoad.pushed(points, periodMillis), points, periodMillis);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return load.description() + ": what that costs, and how late one subscriber of /live gets the slowest sample";
    }

    @Override
    public boolean isCampaign() {
        return true;
    }

    @Override
    public boolean fits(Contender contender) {
        return contender instanceof FieldgateContender;
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(new Extras(load.configuration(), false));
                Load clients = new Load(server.port())) {
            TimedTraffic traffic = TimedTraffic.start(clients, load.filter(), points);
            clients.run(settings.warmUp(), () -> {});
            traffic.reset();
            double cpuBefore = ProcessUsage.cpuSeconds(server.pid());
            long from = System.nanoTime();
            do {
                clients.run(settings.seconds(), () -> {});
            } while (traffic.count() == 0 && System.nanoTime() - from < NOTHING_LIMIT.toNanos());
            double seconds = (System.nanoTime() - from) / 1e9;
            double cpu = ProcessUsage.cpuSeconds(server.pid()) - cpuBefore;
            if (traffic.count() == 0) {
                throw new LoadException("no sample has come within " + seconds + " s");
            }
            List<Reading> readings = new ArrayList<>(List.of(
                    new Reading("samples delivered", "1/s", traffic.count() / seconds),
                    new Reading("samples missed", "", traffic.missed()),
                    new Reading("CPU of one core", "%", cpu / seconds * 100),
                    new Reading("CPU per sample", "µs", cpu * 1e6 / traffic.count()),
                    new Reading("median lateness", "ms", traffic.latenessMillis(0.5)),
                    new Reading("99.9 % lateness", "ms", traffic.latenessMillis(0.999)),
                    new Reading("greatest lateness", "ms", traffic.latenessMillis(1)),
                    new Reading("longest gap beyond the period", "ms", traffic.longestGapNanos() / 1e6 - periodMillis),
                    new Reading("RSS", "MB", megabytes(ProcessUsage.residentKilobytes(server.pid())))));
            ProcessUsage.liveHeapKilobytes(server.pid())
                    .ifPresent(heap -> readings.add(new Reading("live heap", "MB", megabytes(heap))));
            return readings;
        }
    }

    private static double megabytes(long kilobytes) {
        return kilobytes * BYTES_PER_KILOBYTE / BYTES_PER_MEGABYTE;
    }
}
