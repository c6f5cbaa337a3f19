package io.fieldgate.driver.modbus;

import java.util.Locale;

/** How a serial line is set, in the numbers of jSerialComm. */
record SerialSettings(int baud, int dataBits, int stopBits, int parity, boolean rs485) {

    static SerialSettings of(int baud, int dataBits, int stopBits, String parity, boolean rs485) {
        if (baud < 300 || baud > 4_000_000) {
            throw Checks.wrong("baud", baud, "300 to 4000000");
        }
        if (dataBits < 7 || dataBits > 8) {
            throw Checks.wrong("data.bits", dataBits, "7 or 8");
        }
        if (stopBits < 1 || stopBits > 2) {
            throw Checks.wrong("stop.bits", stopBits, "1 or 2");
        }
        // jSerialComm counts halves: ONE_STOP_BIT is 1, TWO_STOP_BITS is 3.
        return new SerialSettings(baud, dataBits, stopBits == 1 ? 1 : 3, parityOf(parity), rs485);
    }

    private static int parityOf(String parity) {
        return switch (parity.toLowerCase(Locale.ROOT)) {
            case "none" -> 0;
            case "odd" -> 1;
            case "even" -> 2;
            default -> throw Checks.wrong("parity", parity, "none, odd or even");
        };
    }
}
