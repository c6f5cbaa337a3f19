package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.HandshakeTraffic;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.util.List;

/** Clients that come and go. */
final class HandshakeFigure implements Figure {

    private static final int CLIENTS = 10;

    @Override
    public String name() {
        return "handshake";
    }

    @Override
    public String description() {
        return "connect, upgrade and close with 1000, " + CLIENTS + " clients at a time";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.WEB_SOCKET);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE);
                Load load = new Load(server.port())) {
            HandshakeTraffic traffic = new HandshakeTraffic(load, server.port(), "/echo", CLIENTS);
            Rate rate = Rate.of(load, traffic, server, settings);
            return List.of(
                    new Reading("handshakes", "1/s", rate.perSecond()),
                    new Reading("CPU per handshake", "µs", rate.cpuMicrosEach()));
        }
    }
}
