package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.util.List;

/** An echo in closed loop. */
final class EchoFigure implements Figure {

    private static final int CLIENTS = 50;

    private final String name;
    private final int bytes;
    private final int batch;

    /**
     * Makes the figure.
     *
     * @param name what it is called
     * @param bytes how long a message is
     * @param batch how many of them a client sends in one piece, before it waits for all
     */
    EchoFigure(String name, int bytes, int batch) {
        this.name = name;
        this.bytes = bytes;
        this.batch = batch;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "echo of " + bytes + " bytes, " + CLIENTS + " clients, each with "
                + (batch == 1 ? "one message" : batch + " messages") + " under way";
    }

    /** With one message under way of any server that has an echo, else of those that speak WebSocket and nothing on top. */
    @Override
    public boolean fits(Contender contender) {
        return contender.can(batch == 1 ? Ability.ECHO : Ability.WEB_SOCKET);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE);
                Load load = new Load(server.port(), contender.protocol())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", CLIENTS, batch, ClosedLoop.letters(bytes));
            Rate rate = Rate.of(load, traffic, server, settings);
            return List.of(
                    new Reading("round trips", "1/s", rate.perSecond()),
                    new Reading("CPU per message", "µs", rate.cpuMicrosEach()));
        }
    }
}
