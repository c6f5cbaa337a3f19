package io.fieldgate.itest.machine;

import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What must hold on real kernel interfaces. */
public final class MachineChecks {

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
        try (GuestGateway gateway =
                GuestGateway.start(LinuxChecks.configure(I2cChecks.configure(GpioChecks.configure(new Devices()))))) {
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
        LinuxChecks linux = new LinuxChecks(gateway);
        I2cChecks i2c = new I2cChecks(gateway);
        return new Checks(out)
                .add("the gateway is ready and echoes", this::isReady)
                .add("the LM75 is read through hwmon", linux::hwmon)
                .add("a converter is read and written through IIO", linux::converter)
                .add("scans of a converter's buffer come at the rate of a timer", linux::sampling)
                .add("a LED comes, is lit and goes", linux::light)
                .add("a battery is read", linux::battery)
                .add("registers of an I2C part are read and written", i2c::registers)
                .add("an LM75 that the kernel has no driver for is read by its type", i2c::sensor)
                .add("a line that the gateway toggles is seen by the simulator", gpio::toggles)
                .add("an edge of the simulator reaches a client", gpio::edges)
                .add("a busy line says by whom, and is taken when it is free", () -> gpio.saysWhoHoldsALine(holder))
                .add("a driver that stops leaves its outputs safe and gives its lines back", gpio::stops)
                .add("an update under held lines claims each once, at its initial level", gpio::updates)
                .add("a chip that goes and comes back is found again", gpio::hotPlug)
                .add("the chip, the bus and its parts are discovered", this::isDiscovered);
    }

    private String isReady() throws IOException {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.send("hello").expect("hello");
        }
        return "after " + gateway.startTime().toMillis() + " ms";
    }

    /** The chip by its label, and what answers on the bus and is nobody's. */
    private String isDiscovered() throws IOException, InterruptedException {
        String found = gateway.shell("fg:discover");
        for (String part : List.of("fieldgate, 8 lines", "0x20", "0x49")) {
            if (!found.contains(part)) {
                throw new AssertionError(part + " is not in " + found);
            }
        }
        return "";
    }
}
