package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.ClosedLoop;
import io.fieldgate.benchmark.load.Load;
import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** An echo in closed loop with permessage-deflate, without context takeover on either side. */
final class DeflateFigure implements Figure {

    private static final int CLIENTS = 50;
    private static final int BYTES = 1_024;
    private static final int SEED = 7_692;

    @Override
    public String name() {
        return "deflate";
    }

    @Override
    public String description() {
        return "echo of " + BYTES + " bytes of samples with permessage-deflate, " + CLIENTS + " clients, as echo-1k";
    }

    @Override
    public boolean fits(Contender contender) {
        return contender.can(Ability.DEFLATE);
    }

    @Override
    public List<Reading> measure(Contender contender, Settings settings) throws IOException {
        try (ServerProcess server = contender.start(Extras.HANDLERS);
                Load load = new Load(server.port(), Protocol.DEFLATE)) {
            Rate rate = Rate.of(load, ClosedLoop.echo(load, "/deflate", CLIENTS, 1, samples()), server, settings);
            return List.of(
                    new Reading("round trips", "1/s", rate.perSecond()),
                    new Reading("CPU per message", "µs", rate.cpuMicrosEach()));
        }
    }

    /** Names that repeat and numbers that do not, as telemetry has them. */
    private static byte[] samples() {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder();
        while (text.length() < BYTES) {
            text.append("{point:plant/tank")
                    .append(random.nextInt(10))
                    .append("/level,value:")
                    .append(random.nextInt(1_000_000))
                    .append("},");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), BYTES);
    }
}
