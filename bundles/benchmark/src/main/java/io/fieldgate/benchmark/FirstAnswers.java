package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.time.Duration;

/**
 * The first page and the first echo of a server that has just started.
 *
 * @param page time from the start of the process until the page was there whole
 * @param echo time until the echo was there, which is asked for after the page
 */
record FirstAnswers(Duration page, Duration echo) {

    private static final int BYTES = 32;

    /**
     * Asks for both.
     *
     * @param server the server
     * @param protocol what its echo speaks
     * @throws IOException if it is not a page with status 200, or not an echo
     */
    static FirstAnswers of(ServerProcess server, Protocol protocol) throws IOException {
        Page unused = Page.get(server.port(), "/");
        Duration first = server.age();
        try (Load load = new Load(server.port(), protocol)) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", 1, 1, ClosedLoop.letters(BYTES));
            traffic.stop();
            load.await(traffic::isDone, Page.LIMIT, "the first echo");
        }
        return new FirstAnswers(first, server.age());
    }
}
