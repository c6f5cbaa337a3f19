package io.fieldgate.driver.i2c;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a part may be, by its address and by registers that are as the data sheet says. Registers are asked for only at 0x40
 * and above: below are port expanders, to which the number of a register is a pattern of outputs.
 */
final class PartGuess {

    private static final int ADS1115_CONFIG = 0x8583;
    private static final int INA219_CONFIG = 0x399f;

    private PartGuess() {}

    /**
     * Guesses.
     *
     * @param description for people
     * @param lines of the table of parts, the first for use, others as comments; none if the part is unknown
     */
    record Guess(String description, List<String> lines) {}

    static Guess of(Target target) {
        int address = target.address();
        if ((address >= 0x20 && address <= 0x27) || (address >= 0x38 && address <= 0x3f)) {
            return expander(address);
        }
        try {
            return asked(target, address);
        } catch (BusException e) {
            return unknown(address);
        }
    }

    private static Guess expander(int address) {
        String pcf = line(PartType.PCF8574, "bits", address);
        return address <= 0x27
                ? new Guess(
                        "PCF8574 or MCP23017 (not asked: a question could switch outputs)",
                        List.of(pcf, line(PartType.MCP23017, "bits", address)))
                : new Guess("PCF8574A (not asked: a question could switch outputs)", List.of(pcf));
    }

    private static Guess asked(Target target, int address) throws BusException {
        Optional<PartType> type = Optional.empty();
        if (address == 0x76 || address == 0x77) {
            if (target.readRegister(Bme280.ID) == Bme280.IS_BME280) {
                type = Optional.of(PartType.BME280);
            }
        } else if (address >= 0x40 && address <= 0x4f) {
            if (target.readBigWord(0) == INA219_CONFIG) {
                type = Optional.of(PartType.INA219);
            } else if (address <= 0x4b && target.readBigWord(1) == ADS1115_CONFIG && target.readBigWord(3) == 0x7fff) {
                type = Optional.of(PartType.ADS1115);
            } else if (address >= 0x48 && isLm75(target)) {
                type = Optional.of(PartType.LM75);
            }
        }
        return type.map(found -> new Guess(found.name(), List.of(line(found, name(found), address))))
                .orElseGet(() -> unknown(address));
    }

    /** The limits have no bit below a half degree, lie within what it can measure, and the hysteresis is the lower one. */
    private static boolean isLm75(Target target) throws BusException {
        int hysteresis = target.readBigWord(2);
        int limit = target.readBigWord(3);
        double low = Lm75.celsius(hysteresis, 9);
        double high = Lm75.celsius(limit, 9);
        return ((hysteresis | limit) & 0x7f) == 0 && low < high && low >= -55 && high <= 125;
    }

    private static String name(PartType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String line(PartType type, String name, int address) {
        return String.format(Locale.ROOT, "%s-%02x type=%s address=0x%02x", name, address, name(type), address);
    }

    private static Guess unknown(int address) {
        return new Guess(String.format(Locale.ROOT, "a part that is not known, at 0x%02x", address), List.of());
    }
}
