package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.EchoTraffic;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.util.List;

/** An echo in closed loop. */
final class EchoFigure implements Figure {

    private static final int CLIENTS = 50;

    private final String name;
    private final int bytes;

    EchoFigure(String name, int bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "echo of " + bytes + " bytes, " + CLIENTS + " clients, each with one message under way";
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE);
                Load load = new Load(server.port())) {
            Rate rate = Rate.of(load, EchoTraffic.start(load, "/echo", CLIENTS, bytes), server, settings);
            return List.of(
                    new Reading("round trips", "1/s", rate.perSecond()),
                    new Reading("CPU per message", "µs", rate.cpuMicrosEach()));
        }
    }
}
