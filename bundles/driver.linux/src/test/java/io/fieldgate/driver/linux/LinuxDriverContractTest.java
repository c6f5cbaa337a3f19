package io.fieldgate.driver.linux;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that has something of most groups. */
class LinuxDriverContractTest extends DriverContract {

    @TempDir
    private Path root;

    @Override
    protected Driver driver() {
        new FakeMachine(root)
                .write("/proc/uptime", "1.0 1.0")
                .write("/proc/loadavg", "0.25 1.50 12.00 3/120 4711")
                .write("/proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0", "cpu0 100 0 100 800 0 0 0 0 0 0")
                .write("/proc/meminfo", "MemTotal: 1000 kB", "MemAvailable: 400 kB", "MemFree: 300 kB")
                .write("/proc/sys/kernel/hostname", "pump-7")
                .write("/sys/class/thermal/thermal_zone0/type", "cpu-thermal")
                .write("/sys/class/thermal/thermal_zone0/temp", "48500")
                .write("/sys/class/hwmon/hwmon0/name", "lm75")
                .write("/sys/class/hwmon/hwmon0/temp1_input", "25000")
                .write("/sys/bus/iio/devices/iio:device0/in_voltage0_raw", "7")
                .write("/sys/bus/iio/devices/iio:device0/in_voltage0_scale", "0.5")
                .write("/sys/bus/w1/devices/28-0316a2794bff/temperature", "23125")
                .write("/sys/class/leds/user/brightness", "0")
                .write("/sys/class/leds/user/max_brightness", "255")
                .write("/sys/class/power_supply/BAT0/capacity", "81");
        return onMachine(root);
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        return Optional.of(onMachine(root.resolve("nothing")));
    }

    private static Driver onMachine(Path root) {
        LinuxSettings settings =
                new LinuxSettings(root, new Periods(Duration.ofSeconds(1)), new HashSet<>(LinuxSettings.ALL_GROUPS));
        return new LinuxDriver(settings, SpaceProbe::ofSystem, System::nanoTime);
    }
}
