package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.util.List;
import java.util.Optional;

class I2cDriverContractTest extends DriverContract {

    private final FakeBus bus = new FakeBus()
            .with(0x48)
            .with(0x38)
            .with(0x20)
            .with(0x50)
            .word(0x48, 0, 0x1900)
            .word(0x48, 3, 0x5000);

    @Override
    protected Driver driver() {
        return new Configured(
                        List.of(
                                "room type=lm75 address=0x48",
                                "relays type=pcf8574 address=0x38 outputs=0x0f",
                                "port type=mcp23017 address=0x20 outputs=0x00ff"),
                        List.of(
                                "fan/speed address=0x50 register=0x10 width=2 access=rw min=0 max=65535",
                                "fan/on address=0x50 register=0x12 mask=0x04 type=boolean access=rw",
                                "fan/key address=0x50 register=0x13 access=w",
                                "fan/gain address=0x50 register=0x20 width=4 float=true access=rw"))
                .driver(bus);
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        return Optional.of(Configured.parts("room type=lm75 address=0x49").driver(bus));
    }

    @Override
    protected String driverId() {
        return "i2c";
    }
}
