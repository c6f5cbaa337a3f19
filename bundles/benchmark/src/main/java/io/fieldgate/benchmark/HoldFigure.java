package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.HoldTraffic;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.LoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether connections stay that say nothing, and only answer the gateway's pings. For hours, if it is told so. */
final class HoldFigure implements Figure {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(1);
    private static final double KILOBYTES_PER_MEGABYTE = 1e6 / 1_024;

    private final OpenFiles openFiles;

    HoldFigure(OpenFiles openFiles) {
        this.openFiles = openFiles;
    }

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public String description() {
        return "quiet clients of the echo, pinged by the gateway as it is shipped; any that is lost fails the run";
    }

    @Override
    public Duration estimate(Settings settings) {
        return settings.settle().plus(settings.seconds()).plusSeconds(2);
    }

    @Override
    public boolean isCampaign() {
        return true;
    }

    @Override
    public boolean fits(Contender contender) {
        return contender instanceof FieldgateContender;
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        openFiles.require(settings.clients());
        try (ServerProcess server = contender.start(Extras.NONE);
                Load load = new Load(server.port())) {
            load.run(settings.settle(), () -> {});
            long before = ProcessUsage.residentKilobytes(server.pid());
            HoldTraffic traffic = HoldTraffic.start(load, "/echo", settings.clients());
            double cpuBefore = ProcessUsage.cpuSeconds(server.pid());
            load.run(settings.seconds(), () -> {});
            double cpu = ProcessUsage.cpuSeconds(server.pid()) - cpuBefore;
            long after = ProcessUsage.residentKilobytes(server.pid());
            traffic.ask();
            load.await(traffic::isDone, DRAIN_LIMIT, "the last echo of every client");
            if (traffic.lost() > 0) {
                throw new LoadException(traffic.lost() + " of " + settings.clients() + " connections were lost");
            }
            return List.of(
                    new Reading("connections held", "", settings.clients()),
                    new Reading("connections lost", "", traffic.lost()),
                    new Reading("pings answered", "", traffic.pings()),
                    new Reading(
                            "CPU of one core", "%", cpu / (settings.seconds().toMillis() / 1e3) * 100),
                    new Reading("RSS before", "MB", before / KILOBYTES_PER_MEGABYTE),
                    new Reading("RSS at the end", "MB", after / KILOBYTES_PER_MEGABYTE));
        }
    }
}
