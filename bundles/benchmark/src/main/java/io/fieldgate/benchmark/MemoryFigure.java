package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How large a server is that has started and been left alone. */
final class MemoryFigure implements Figure {

    private static final double KILOBYTES = 1_000;
    private static final double BYTES = 1_024;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "resident memory some time after the start (20 s, or 3 s with --quick), nobody connected";
    }

    @Override
    public Duration estimate(Settings settings) {
        return settings.settle().plusSeconds(1);
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.FANOUT);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.NONE);
                Load nobody = new Load(server.port())) {
            nobody.run(settings.settle(), () -> {});
            // The kernel's kB has 1,024 bytes, the report's MB has a million.
            double megabytes = ProcessUsage.residentKilobytes(server.pid()) * BYTES / KILOBYTES / KILOBYTES;
            return List.of(new Reading("RSS", "MB", megabytes));
        }
    }
}
