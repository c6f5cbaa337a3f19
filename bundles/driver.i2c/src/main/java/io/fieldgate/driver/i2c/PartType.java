package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;

/** The ready-made parts. */
enum PartType {
    BME280(0x76, 0x77) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Bme280(line, pause);
        }
    },
    ADS1115(0x48, 0x4b) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Ads1115(line, pause);
        }
    },
    INA219(0x40, 0x4f) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Ina219(line);
        }
    },
    PCF8574(0x20, 0x3f) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Pcf8574(line);
        }
    },
    LM75(0x48, 0x4f) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Lm75(line);
        }
    },
    MCP23017(0x20, 0x27) {
        @Override
        Part of(TableLine line, Pause pause) {
            return new Mcp23017(line);
        }
    };

    private final int first;
    private final int last;

    PartType(int first, int last) {
        this.first = first;
        this.last = last;
    }

    /** Where a part of this type can be. */
    int address(TableLine line) {
        return (int) line.integer("address", first, last);
    }

    /** Makes the part of a line whose other keys have been asked for. */
    abstract Part of(TableLine line, Pause pause);
}
