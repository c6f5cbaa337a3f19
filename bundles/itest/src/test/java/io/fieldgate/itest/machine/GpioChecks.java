package io.fieldgate.itest.machine;

import io.fieldgate.itest.LiveProbe;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Lines of the chip that {@code gpio-sim} simulates. */
final class GpioChecks {

    private static final String BUNDLE = "io.fieldgate.driver.gpio";
    private static final int RELAY = 3;
    private static final int BUTTON = 4;
    private static final int LAMP = 5;
    private static final int BUSY = 6;
    private static final int EDGES = 50;

    private final GuestGateway gateway;
    private final SimulatedChip chip = new SimulatedChip();

    GpioChecks(GuestGateway gateway) {
        this.gateway = gateway;
    }

    /** The relay is off and the lamp on when they are taken; both are off when they are given back. */
    static Devices configure(Devices devices) {
        return devices.with(
                "io.fieldgate.driver.gpio-board.cfg",
                "fieldgate.driver.id=board",
                "chip=fieldgate",
                "lines=\\",
                "  relay line=RELAY direction=out initial=false safe=false,\\",
                "  button line=BUTTON direction=in,\\",
                "  lamp line=5 direction=out initial=true safe=false,\\",
                "  busy line=6 direction=in");
    }

    /** Takes the line that is to be busy when the gateway starts. */
    static Process occupy() throws IOException {
        return new ProcessBuilder("gpioset", "--mode=signal", new SimulatedChip().name(), BUSY + "=1")
                .inheritIO()
                .start();
    }

    String toggles() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            for (int i = 0; i < 5; i++) {
                write(client, "relay", true);
                expect(RELAY, "1");
                write(client, "relay", false);
                expect(RELAY, "0");
            }
        }
        return "";
    }

    /** From the simulator's write to the sample at the client. */
    String edges() throws IOException, InterruptedException {
        List<Long> micros = new ArrayList<>();
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"board/gpio/button\"],\"mode\":\"every\"");
            client.awaitText(sample("button", "false"), Guest.PATIENCE);
            for (int i = 0; i < EDGES; i++) {
                boolean up = i % 2 == 0;
                long from = System.nanoTime();
                chip.pull(BUTTON, up);
                client.awaitText(sample("button", String.valueOf(up)), Guest.PATIENCE);
                micros.add((System.nanoTime() - from) / 1_000);
            }
        }
        Collections.sort(micros);
        return String.format(
                Locale.ROOT,
                "%d edges, median %.1f ms, 95 %% within %.1f ms, slowest %.1f ms",
                EDGES,
                micros.get(EDGES / 2) / 1e3,
                micros.get(EDGES * 95 / 100) / 1e3,
                micros.get(EDGES - 1) / 1e3);
    }

    String saysWhoHoldsALine(Process holder) throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"board/gpio/busy\"],\"mode\":\"latest\"");
            client.awaitText("\"board/gpio/busy\".*\"quality\":\"bad\"", Guest.PATIENCE);
            String said = gateway.log()
                    .lines()
                    .filter(line -> line.contains("gpioset"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the log does not say that gpioset has the line"));
            holder.destroy();
            holder.waitFor(Guest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            client.awaitText("\"board/gpio/busy\".*\"quality\":\"good\"", Guest.PATIENCE);
            return said.replaceFirst(".*?: ", "");
        }
    }

    /** What the simulator has of a line that was given back is its pull, so what was set before is taken from calls in the kernel. */
    String stops() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            write(client, "relay", true);
            write(client, "lamp", true);
        }
        chip.forgetCalls();
        gateway.stopBundle(BUNDLE);
        for (int line : List.of(RELAY, LAMP)) {
            expectUnused(line);
            if (chip.lastSet(line)) {
                throw new AssertionError("line " + line + " was given back while it was on");
            }
        }
        expectUnused(BUTTON);
        gateway.startBundle(BUNDLE);
        expect(LAMP, "1");
        expect(RELAY, "0");
        return "";
    }

    String updates() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            write(client, "relay", true);
            gateway.update(BundleJar.of(Distribution.bundle(BUNDLE)).reversioned("99.0.0"));
            expect(RELAY, "0");
            expect(LAMP, "1");
            for (int line : List.of(RELAY, BUTTON, LAMP, BUSY)) {
                Guest.await("line " + line + " is held", () -> chip.info(line).contains("[used]"));
            }
            write(client, "relay", true);
            expect(RELAY, "1");
        }
        return "";
    }

    String hotPlug() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"board/gpio/button\"],\"mode\":\"latest\"");
            chip.live(false);
            client.awaitText("\"board/gpio/button\".*\"quality\":\"bad\"", Guest.PATIENCE);
            chip.live(true);
            client.awaitText("\"board/gpio/button\".*\"quality\":\"good\"", Guest.PATIENCE);
            Guest.await("the lamp is driven again", () -> chip.value(LAMP).equals("1"));
        }
        return "";
    }

    private static String sample(String point, String value) {
        return "\"point\":\"board/gpio/" + point + "\",\"value\":" + value + "[,}]";
    }

    private static void write(LiveProbe client, String point, boolean value) throws IOException {
        String answer = client.ask("write", "\"point\":\"board/gpio/" + point + "\",\"value\":" + value);
        if (!answer.contains("\"op\":\"ok\"")) {
            throw new AssertionError(answer);
        }
    }

    private void expect(int line, String value) throws IOException, InterruptedException {
        Guest.await("line " + line + " has " + value, () -> chip.value(line).equals(value));
    }

    private void expectUnused(int line) throws IOException, InterruptedException {
        String info = chip.info(line);
        if (!info.contains("unused")) {
            throw new AssertionError("it is held:" + info);
        }
    }
}
