package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.LoadException;
import io.fieldgate.benchmark.load.TalkTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long clients wait when the handler that they talk to is replaced through {@code deploy/}; none may notice otherwise. */
final class UpdateFigure implements Figure {

    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final Duration BASELINE = Duration.ofSeconds(2);
    private static final Duration ONE_UPDATE = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration AFTERWARDS = Duration.ofMillis(500);
    private static final Duration UPDATE_LIMIT = Duration.ofSeconds(30);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final double MILLIS = 1e6;

    @Override
    public String name() {
        return "update";
    }

    @Override
    public String description() {
        return "the echo is replaced under clients that talk all the time; any message lost, doubled or dropped fails the run";
    }

    @Override
    public Duration estimate(Settings settings) {
        return settings.warmUp()
                .plus(BASELINE)
                .plus(ONE_UPDATE.multipliedBy(settings.updates()))
                .plusSeconds(1);
    }

    @Override
    public boolean fits(Contender contender) {
        return contender instanceof FieldgateContender;
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        if (!(contender instanceof FieldgateContender fieldgate)) {
            throw new IllegalArgumentException(contender.name() + " replaces no bundles");
        }
        Path bundle = BenchBundle.shipped(fieldgate.distribution(), ECHO);
        List<Reading> readings = new ArrayList<>();
        try (ServerProcess server = contender.start(Extras.NONE);
                Load load = new Load(server.port())) {
            TalkTraffic traffic = TalkTraffic.start(load, "/echo", settings.clients());
            load.run(settings.warmUp(), traffic::step);
            traffic.takeLongestWait();
            load.run(BASELINE, traffic::step);
            readings.add(wait("longest wait without an update", traffic));
            for (int i = 1; i <= settings.updates(); i++) {
                update(server, load, traffic, bundle, "0.1." + i);
                readings.add(wait("longest wait per update", traffic));
            }
            traffic.stop();
            load.await(() -> traffic.isDone(), DRAIN_LIMIT, "every message comes back");
            check(traffic);
            readings.add(new Reading("lost, doubled or dropped", "", 0));
            return readings;
        }
    }

    private static void update(ServerProcess server, Load load, TalkTraffic traffic, Path bundle, String version)
            throws IOException {
        BenchBundle.deploy(bundle, version, server.folder().resolve("deploy/echo.jar"));
        long end = System.nanoTime() + UPDATE_LIMIT.toNanos();
        do {
            if (System.nanoTime() > end) {
                throw new LoadException("version " + version + " of the echo was not taken up");
            }
            load.run(LOOK, traffic::step);
        } while (!runs(server.folder(), version));
        load.run(AFTERWARDS, traffic::step);
    }

    /** Whether the gateway's log says that a version has taken the place of the one before. */
    private static boolean runs(Path home, String version) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("data/log"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".log")).toList()) {
                if (Files.readString(file).contains(ECHO + ' ' + version + " from deploy/echo.jar runs")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void check(TalkTraffic traffic) throws LoadException {
        if (traffic.lost() + traffic.doubled() + traffic.dropped() > 0) {
            throw new LoadException(traffic.lost() + " messages were lost, " + traffic.doubled()
                    + " doubled or reordered, and " + traffic.dropped() + " connections dropped");
        }
    }

    private static Reading wait(String quantity, TalkTraffic traffic) {
        return new Reading(quantity, "ms", traffic.takeLongestWait() / MILLIS);
    }
}
