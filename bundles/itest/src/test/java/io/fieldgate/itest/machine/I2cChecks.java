package io.fieldgate.itest.machine;

import io.fieldgate.itest.LiveProbe;
import java.io.IOException;

/** Parts on the bus that {@code i2c-stub} simulates: it keeps what is written to a register, octets and words apart. */
final class I2cChecks {

    private static final String STUB = "0x20";
    private static final String LM75 = "0x49";

    private final GuestGateway gateway;

    I2cChecks(GuestGateway gateway) {
        this.gateway = gateway;
    }

    static Devices configure(Devices devices) {
        return devices.with(
                "io.fieldgate.driver.i2c-bus.cfg",
                "fieldgate.driver.id=bus",
                "bus=" + Guest.variable("I2C_BUS"),
                "parts=thermometer type=lm75 address=" + LM75,
                "registers=word device=stub address=0x20 register=0x02 width=2 order=little access=rw period.ms=200,\\",
                "  octet device=stub address=0x20 register=0x10 access=rw period.ms=200");
    }

    String registers() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"bus/stub/*\"],\"mode\":\"latest\"");
            set(STUB, "0x02", "0x1234", "w");
            client.awaitText(sample("stub/word", "4660"), Guest.PATIENCE);
            set(STUB, "0x10", "0xa5", "b");
            client.awaitText(sample("stub/octet", "165"), Guest.PATIENCE);

            write(client, "stub/word", "513");
            expect("0x02", "w", "0x0201");
            write(client, "stub/octet", "90");
            expect("0x10", "b", "0x5a");
        }
        return "";
    }

    /** The sensor has the temperature in the high bits of a word whose first octet is the high one; SMBus has words the other way round. */
    String sensor() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"bus/thermometer/temperature\"],\"mode\":\"latest\"");
            set(LM75, "0x00", "0x8019", "w");
            client.awaitText(sample("thermometer/temperature", "25\\.5"), Guest.PATIENCE);
            set(LM75, "0x00", "0x00e7", "w");
            client.awaitText(sample("thermometer/temperature", "-25"), Guest.PATIENCE);
        }
        return "";
    }

    private static String sample(String point, String value) {
        return "\"point\":\"bus/" + point + "\",\"value\":" + value + "(\\.0)?,";
    }

    private static void write(LiveProbe client, String point, String value) throws IOException {
        String answer = client.ask("write", "\"point\":\"bus/" + point + "\",\"value\":" + value);
        if (!answer.contains("\"op\":\"ok\"")) {
            throw new AssertionError(answer);
        }
    }

    private static void set(String address, String register, String value, String width)
            throws IOException, InterruptedException {
        Guest.run("i2cset", "-y", Guest.variable("I2C_BUS"), address, register, value, width);
    }

    private static void expect(String register, String width, String value) throws IOException, InterruptedException {
        String found = Guest.run("i2cget", "-y", Guest.variable("I2C_BUS"), STUB, register, width);
        if (!found.equals(value)) {
            throw new AssertionError("register " + register + " has " + found + " and not " + value);
        }
    }
}
