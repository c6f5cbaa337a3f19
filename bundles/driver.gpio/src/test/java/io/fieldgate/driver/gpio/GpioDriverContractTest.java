package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** On a chip with one line of each kind. */
class GpioDriverContractTest extends DriverContract {

    private final FakeLines lines = new FakeLines();

    @TempDir
    private Path folder;

    @Override
    protected Driver driver() {
        return driver(lines);
    }

    private Driver driver(FakeLines on) {
        GpioSettings settings = GpioSettings.of(
                "gpio",
                "gpio",
                "fieldgate",
                "door line=0 direction=in counter=true frequency=true",
                "button line=1 direction=in active-low=true pull=up debounce.ms=20",
                "relay line=RELAY direction=out",
                "fan line=4 direction=out pwm.hz=50");
        return new GpioDriver(settings, on, new KeptLevels(folder.resolve("levels")));
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        FakeLines nothing = new FakeLines();
        nothing.unplug();
        return Optional.of(driver(nothing));
    }

    @Override
    protected String driverId() {
        return "gpio";
    }

    @Override
    protected void stir() {
        lines.set(0, !lines.level(0), Instant.now());
        lines.set(1, !lines.level(1), Instant.now());
    }
}
