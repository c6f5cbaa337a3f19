package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a message costs when few clients talk, and when many do. That of bare TCP is what the machine itself has of a curve. */
final class CurveFigure implements Figure {

    private static final int BYTES = 32;

    /** Of the clients of the settings; with the default from 100 to 10,000. */
    private static final List<Double> SHARES = List.of(0.1, 1.0, 5.0, 10.0);

    private final OpenFiles openFiles;

    CurveFigure(OpenFiles openFiles) {
        this.openFiles = openFiles;
    }

    @Override
    public String name() {
        return "echo-curve";
    }

    @Override
    public String description() {
        return "echo of " + BYTES + " bytes when a tenth of the clients talk, all, five and ten times as many";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.CROWD);
    }

    @Override
    public Duration estimate(Settings settings) {
        return Figure.super
                .estimate(settings)
                .plus(Figure.super.estimate(settings.brief()).multipliedBy(3));
    }

    @Override
    public Optional<String> note(Settings settings) {
        int most = clients(settings).get(SHARES.size() - 1);
        return openFiles.allow(most)
                ? Optional.empty()
                : Optional.of("echo-curve ends before " + most + " clients: " + openFiles.reason());
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        List<Reading> readings = new ArrayList<>();
        try (ServerProcess server = contender.start(Extras.NONE)) {
            Settings each = settings;
            for (int clients : clients(settings)) {
                if (openFiles.allow(clients)) {
                    readings.add(measure(server, contender, clients, each));
                    each = settings.brief();
                }
            }
        }
        return readings;
    }

    private static Reading measure(ServerProcess server, Contender contender, int clients, Settings settings)
            throws IOException {
        try (Load load = new Load(server.port(), contender.protocol())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", clients, 1, ClosedLoop.letters(BYTES));
            Rate rate = Rate.of(load, traffic, server, settings);
            return new Reading(
                    String.format(Locale.ROOT, "CPU per message, %,d clients", clients), "µs", rate.cpuMicrosEach());
        }
    }

    private static List<Integer> clients(Settings settings) {
        return SHARES.stream()
                .map(share -> (int) Math.max(1, Math.round(share * settings.clients())))
                .toList();
    }
}
