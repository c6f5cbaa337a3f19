package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.FanoutTraffic;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.util.List;

/** A broadcast in closed loop, as fast as it goes. */
final class FanoutFigure implements Figure {

    private static final int BYTES = 32;
    private static final int WINDOW = 4;

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String description() {
        return "one client's texts of " + BYTES + " bytes to all subscribers, " + WINDOW + " of them under way";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.FANOUT);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.HANDLERS);
                Load load = new Load(server.port(), contender.protocol())) {
            FanoutTraffic traffic =
                    FanoutTraffic.start(load, "/fan/subscribe", "/fan/publish", settings.clients(), BYTES, WINDOW);
            Rate rate = Rate.of(load, traffic, server, settings);
            return List.of(
                    new Reading("deliveries", "1/s", rate.perSecond()),
                    new Reading("CPU per delivery", "µs", rate.cpuMicrosEach()));
        }
    }
}
