package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.driver.i2c.BusException.Kind;
import io.fieldgate.testkit.DriverContract;
import java.util.Optional;

/** The driver keeps to what the gateway expects, with a part of each kind and a table of registers. */
class I2cDriverContractTest extends DriverContract {

    private static final String[] PARTS = {
        "bme type=bme280 address=0x76",
        "volts type=ads1115 address=0x48",
        "supply type=ina219 address=0x40",
        "board type=lm75 address=0x49",
        "keys type=pcf8574 address=0x20 outputs=0x0f initial=0",
        "relays type=mcp23017 address=0x21 outputs=0x00ff initial=0 safe=0"
    };

    private static final String[] REGISTERS = {
        "speed device=fan address=0x2f register=0x10 width=2 access=rw min=0 max=65535 write-through=true",
        "auto device=fan address=0x2f register=0x12 mask=0x04 type=boolean access=rw",
        "temperature device=fan address=0x2f register=0x20 width=4 float=true unit=Cel"
    };

    private final Bench bench = new Bench();

    I2cDriverContractTest() {
        bench.bus
                .with(0x76, Parts.bme280())
                .with(0x48, FakePart.ofWords())
                .with(0x40, FakePart.ofWords())
                .with(0x49, FakePart.ofWords())
                .with(0x20, FakePart.ofOctets())
                .with(0x21, Parts.mcp23017())
                .with(0x2f, FakePart.ofOctets());
    }

    @Override
    protected Driver driver() {
        return bench.driver(new I2cTables.Texts(PARTS, REGISTERS));
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        return Optional.of(new I2cDriver(
                "board",
                new I2cTables.Texts(PARTS, REGISTERS),
                () -> {
                    throw new BusException(Kind.NO_BUS, "there is no bus 7");
                },
                Pause.SLEEP,
                System::nanoTime));
    }

    @Override
    protected String driverId() {
        return "board";
    }
}
