package io.fieldgate.itest.machine;

import io.fieldgate.itest.LiveProbe;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What must hold on real kernel interfaces. */
public final class MachineChecks {

    private static final String LM75 = "\"point\":\"linux/temperature/lm75[^\"]*\",\"value\":";

    private final GuestGateway gateway;
    private final Process holder;

    private MachineChecks(GuestGateway gateway, Process holder) {
        this.gateway = gateway;
        this.holder = holder;
    }

    /**
     * Runs all checks in the machine that {@code .ci/hardware} boots. Exit status: 0 all hold; 1 one does not.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int failed;
        Process holder = GpioChecks.occupy();
        try (GuestGateway gateway = GuestGateway.start(I2cChecks.configure(GpioChecks.configure(new Devices())))) {
            failed = new MachineChecks(gateway, holder).all(out).run();
            if (failed > 0) {
                out.println(gateway.log());
            }
        } finally {
            holder.destroy();
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private Checks all(PrintStream out) {
        GpioChecks gpio = new GpioChecks(gateway);
        I2cChecks i2c = new I2cChecks(gateway);
        return new Checks(out)
                .add("the gateway is ready and echoes", this::isReady)
                .add("the LM75 is read through hwmon", this::hwmonIsRead)
                .add("registers of an I2C part are read and written", i2c::registers)
                .add("an LM75 that the kernel has no driver for is read by its type", i2c::sensor)
                .add("a line that the gateway toggles is seen by the simulator", gpio::toggles)
                .add("an edge of the simulator reaches a client", gpio::edges)
                .add("a busy line says by whom, and is taken when it is free", () -> gpio.saysWhoHoldsALine(holder))
                .add("a driver that stops leaves its outputs safe and gives its lines back", gpio::stops)
                .add("an update under held lines claims each once, at its initial level", gpio::updates)
                .add("a chip that goes and comes back is found again", gpio::hotPlug);
    }

    private String isReady() throws IOException {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.send("hello").expect("hello");
        }
        return "after " + gateway.startTime().toMillis() + " ms";
    }

    /** The kernel's driver of the LM75 has it, and the gateway asks that. A register is a word, low byte first; 0x8019 is 25.5 °C. */
    private String hwmonIsRead() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"linux/temperature/*\"],\"mode\":\"latest\"");
            client.awaitText(LM75 + "25[.,}]", Guest.PATIENCE);
            Guest.run("i2cset", "-y", "-f", Guest.variable("I2C_BUS"), "0x48", "0x00", "0x8019", "w");
            client.awaitText(LM75 + "25\\.5", Guest.PATIENCE);
        }
        return "";
    }
}
