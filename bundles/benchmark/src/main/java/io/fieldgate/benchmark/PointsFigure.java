package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.LiveTraffic;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.util.List;

/** Simulated points through the core and the live handler to subscribers who want every sample. */
final class PointsFigure implements Figure {

    private final String name;
    private final PointLoad points;
    private final boolean toAll;

    /**
     * Makes the figure.
     *
     * @param name what it is called
     * @param points what the gateway is to poll
     * @param toAll whether all clients subscribe; otherwise one does
     */
    PointsFigure(String name, PointLoad points, boolean toAll) {
        this.name = name;
        this.points = points;
        this.toAll = toAll;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return points.description() + ", every sample to " + (toAll ? "all subscribers" : "one subscriber")
                + " of /live";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender instanceof FieldgateContender;
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(new Extras(points.configuration(), false));
                Load load = new Load(server.port())) {
            int subscribers = toAll ? settings.clients() : 1;
            LiveTraffic traffic = LiveTraffic.start(load, "/live", subscribers, points.filter());
            Rate rate = Rate.of(load, traffic, server, settings);
            return List.of(
                    new Reading("samples delivered", "1/s", rate.perSecond()),
                    new Reading("CPU per sample", "µs", rate.cpuMicrosEach()),
                    new Reading("samples missed", "", traffic.missed()));
        }
    }
}
