package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A small file by HTTP/1.1. */
final class StaticFigure implements Figure {

    private static final int CLIENTS = 50;

    /** The folder that the peers serve, mounted in the way that users have. */
    private static final Extras MOUNTED =
            new Extras(Map.of("io.fieldgate.transport.files-static.cfg", "path=/static\nfolder=static\n"), false);

    @Override
    public String name() {
        return "static";
    }

    @Override
    public String description() {
        return "a file of 1 kB by HTTP/1.1, " + CLIENTS + " persistent connections, each with one request under way";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.STATIC);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(MOUNTED);
                Load load = new Load(server.port(), Protocol.HTTP)) {
            byte[] page = Page.get(server.port(), contender.staticPath()).body();
            Rate rate = Rate.of(load, ClosedLoop.page(load, contender.staticPath(), CLIENTS, page), server, settings);
            return List.of(
                    new Reading("requests", "1/s", rate.perSecond()),
                    new Reading("CPU per request", "µs", rate.cpuMicrosEach()));
        }
    }
}
