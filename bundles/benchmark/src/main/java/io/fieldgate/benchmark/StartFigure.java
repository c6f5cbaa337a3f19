package io.fieldgate.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How long a start takes, with an archive of classes. */
final class StartFigure implements Figure {

    private static final double MILLIS = 1e6;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String description() {
        return "from the start of the process, classes from an archive, to the ready line, the page at / and an echo";
    }

    @Override
    public Duration estimate(Settings settings) {
        return Duration.ofSeconds(2);
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.FANOUT);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE)) {
            FirstAnswers first = FirstAnswers.of(server, contender.protocol());
            double cpu = ProcessUsage.cpuSeconds(server.pid());
            return List.of(
                    new Reading("to the ready line", "ms", millis(server.untilReady())),
                    new Reading("to the first page", "ms", millis(first.page())),
                    new Reading("to the first echo", "ms", millis(first.echo())),
                    new Reading("CPU until then", "ms", cpu * 1_000));
        }
    }

    private static double millis(Duration time) {
        return time.toNanos() / MILLIS;
    }
}
