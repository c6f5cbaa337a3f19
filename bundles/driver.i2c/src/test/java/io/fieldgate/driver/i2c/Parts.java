package io.fieldgate.driver.i2c;

/** Fakes of parts as they are after a reset. */
final class Parts {

    private Parts() {}

    /** The trimming and the readings of the example of Bosch BST-BMP280-DS001, 3.12, with a trimming of humidity. */
    static FakePart bme280() {
        FakePart part = FakePart.ofOctets().with(0xd0, 0x60);
        int[] trimming = {27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000};
        for (int i = 0; i < trimming.length; i++) {
            part.with(0x88 + 2 * i, trimming[i] & 0xff, (trimming[i] >> 8) & 0xff);
        }
        // dig_H1 to dig_H6 of a part: 75, 361, 0, 321 (0x141), 50 (0x032), 30.
        part.with(0xa1, 75).with(0xe1, 361 & 0xff, 361 >> 8, 0, 0x14, 0x21, 0x03, 30);
        return readings(part, 415148, 519888, 27000);
    }

    static FakePart readings(FakePart part, int pressure, int temperature, int humidity) {
        return part.with(
                0xf7,
                pressure >> 12,
                (pressure >> 4) & 0xff,
                (pressure << 4) & 0xf0,
                temperature >> 12,
                (temperature >> 4) & 0xff,
                (temperature << 4) & 0xf0,
                humidity >> 8,
                humidity & 0xff);
    }

    /** Outputs show on the pins what the latches say; inputs keep what the test puts there. */
    static FakePart mcp23017() {
        return FakePart.ofOctets().with(0x00, 0xff, 0xff).when((part, register, value) -> {
            for (int port = 0; port < 2; port++) {
                int inputs = part.registers[port];
                part.registers[0x12 + port] =
                        (part.registers[0x12 + port] & inputs) | (part.registers[0x14 + port] & ~inputs & 0xff);
            }
        });
    }
}
