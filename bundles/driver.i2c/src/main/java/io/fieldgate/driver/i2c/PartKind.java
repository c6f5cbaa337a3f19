package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;

/** The parts that are known by name. */
enum PartKind {
    BME280,
    ADS1115,
    INA219,
    PCF8574,
    LM75,
    MCP23017;

    Part make(Measured measured, TableLine line) {
        return switch (this) {
            case BME280 -> new Bme280(measured);
            case ADS1115 -> new Ads1115(measured, line);
            case INA219 -> new Ina219(measured, line);
            case PCF8574 -> new Pcf8574(measured, line);
            case LM75 -> new Lm75(measured);
            case MCP23017 -> new Mcp23017(measured, line);
        };
    }
}
