package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.util.Optional;

class GpioDriverContractTest extends DriverContract {

    private final FakeChips chips = new FakeChips();

    @Override
    protected Driver driver() {
        return new Configured(
                        "board",
                        "door line=0 use=in counter=true frequency=true gate.ms=100",
                        "gate line=1 use=in debounce.ms=1",
                        "lamp line=2 use=out",
                        "heater line=3 use=pwm hz=100")
                .driver(chips);
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        return Optional.of(new Configured("elsewhere", "door line=0 use=in").driver(chips));
    }

    @Override
    protected String driverId() {
        return "board";
    }

    @Override
    protected void stir() {
        for (int i = 0; i < 10; i++) {
            chips.set(0, i % 2 == 0, System.nanoTime());
            chips.set(1, i % 2 == 0, System.nanoTime());
        }
    }
}
