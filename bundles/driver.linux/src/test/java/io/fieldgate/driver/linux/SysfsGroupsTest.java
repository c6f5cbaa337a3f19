package io.fieldgate.driver.linux;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sysfs has of sensors, lights and outputs. */
class SysfsGroupsTest {

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        machine.write("/proc/uptime", "1.0 1.0");
    }

    @AfterEach
    void stop() {
        if (machine.driver() != null) {
            machine.driver().stop();
        }
    }

    private Value write(String point, Value value) throws DriverException {
        return machine.driver().write(PointId.of(point), value).value().orElseThrow();
    }

    private String file(String path) throws Exception {
        return Files.readString(root.resolve(path.substring(1))).strip();
    }

    @Test
    void showsEachChannelOfAMonitorWithLimitsAndAlarm() throws Exception {
        String chip = "/sys/class/hwmon/hwmon2";
        machine.write(chip + "/name", "lm75").write(chip + "/temp1_input", "25500");
        machine.write(chip + "/temp1_max", "80000").write(chip + "/temp1_max_alarm", "0");
        machine.write(chip + "/temp1_fault", "1");
        machine.write(chip + "/in0_input", "3300").write(chip + "/in0_label", "Vcore");
        machine.write(chip + "/fan1_input", "1200").write(chip + "/curr1_input", "1500");
        machine.write(chip + "/power1_average", "2500000").write(chip + "/energy1_input", "1000000");
        machine.write(chip + "/humidity1_input", "45600").write(chip + "/pwm1", "128");
        machine.write(chip + "/pwm1_enable", "1").write(chip + "/intrusion0_alarm", "0");
        machine.start();

        assertEquals(25.5, machine.decimal("linux/hwmon-lm75/temp1"));
        assertEquals(80.0, machine.decimal("linux/hwmon-lm75/temp1-max"));
        assertEquals(Value.of(true), machine.value("linux/hwmon-lm75/temp1-alarm"));
        assertEquals(3.3, machine.decimal("linux/hwmon-lm75/vcore"), 1e-9);
        assertEquals(1200, machine.decimal("linux/hwmon-lm75/fan1"));
        assertEquals(1.5, machine.decimal("linux/hwmon-lm75/curr1"));
        assertEquals(2.5, machine.decimal("linux/hwmon-lm75/power1"));
        assertEquals(1.0, machine.decimal("linux/hwmon-lm75/energy1"));
        assertEquals(45.6, machine.decimal("linux/hwmon-lm75/humidity1"), 1e-9);
        assertEquals(Value.of(false), machine.value("linux/hwmon-lm75/intrusion"));
        assertEquals(Value.of(200), write("linux/hwmon-lm75/pwm1", Value.of(200)));
        assertEquals("200", file(chip + "/pwm1"));
        assertEquals(25.5, machine.decimal("linux/temperature/lm75-temp1"));
    }

    @Test
    void leavesOutWhatTheKernelMakesOfOneWireThermometers() {
        machine.write("/sys/class/hwmon/hwmon0/name", "w1_slave_temp")
                .write("/sys/class/hwmon/hwmon0/temp1_input", "1");
        machine.start();

        assertEquals(List.of("linux/system"), machine.devices());
    }

    @Test
    void showsTripPointsAndCooling() throws Exception {
        String zone = "/sys/class/thermal/thermal_zone0";
        machine.write(zone + "/type", "soc-thermal").write(zone + "/temp", "41000");
        machine.write(zone + "/trip_point_0_temp", "85000").write(zone + "/trip_point_0_type", "passive");
        machine.write(zone + "/trip_point_1_temp", "100000").write(zone + "/trip_point_1_type", "critical");
        String fan = "/sys/class/thermal/cooling_device0";
        machine.write(fan + "/type", "pwm-fan").write(fan + "/cur_state", "0").write(fan + "/max_state", "3");
        machine.start();

        assertEquals(41.0, machine.decimal("linux/thermal-soc-thermal/temperature"));
        assertEquals(85.0, machine.decimal("linux/thermal-soc-thermal/trip-0"));
        assertEquals(100.0, machine.decimal("linux/thermal-soc-thermal/trip-1"));
        assertEquals(Value.of(2), write("linux/cooling-pwm-fan/state", Value.of(2)));
        assertEquals("2", file(fan + "/cur_state"));
    }

    @Test
    void worksOutChannelsOfConverters() throws Exception {
        String device = "/sys/bus/iio/devices/iio:device0";
        machine.write(device + "/name", "ADC 1").write(device + "/in_voltage0_raw", "2048");
        machine.write(device + "/in_voltage_scale", "0.5").write(device + "/in_voltage0_offset", "-48");
        machine.write(device + "/in_voltage1-voltage2_raw", "10").write(device + "/in_voltage1-voltage2_scale", "2");
        machine.write(device + "/in_temp_input", "23500").write(device + "/in_temp_raw", "7");
        machine.write(device + "/in_accel_x_raw", "100").write(device + "/in_accel_scale", "0.01");
        machine.write(device + "/in_steps_input", "47").write(device + "/in_count0_raw", "5");
        machine.write(device + "/out_voltage0_raw", "0").write(device + "/out_voltage0_scale", "0.25");
        machine.start();

        assertEquals(1.0, machine.decimal("linux/iio-adc-1/voltage0"));
        assertEquals(0.02, machine.decimal("linux/iio-adc-1/voltage1-voltage2"));
        assertEquals(23.5, machine.decimal("linux/iio-adc-1/temp"));
        assertEquals(1.0, machine.decimal("linux/iio-adc-1/accel_x"));
        assertEquals(47.0, machine.decimal("linux/iio-adc-1/steps"));
        assertEquals(5.0, machine.decimal("linux/iio-adc-1/count0"));
        assertEquals(Value.of(1.5), write("linux/iio-adc-1/voltage0-2", Value.of(1.5)));
        assertEquals("6000", file(device + "/out_voltage0_raw"));
    }

    @Test
    void dimsLights() throws Exception {
        machine.write("/sys/class/leds/board:green:user/brightness", "0");
        machine.write("/sys/class/leds/board:green:user/max_brightness", "255");
        machine.write("/sys/class/backlight/panel/brightness", "10")
                .write("/sys/class/backlight/panel/max_brightness", "31");
        machine.start();

        assertEquals(Value.of(17), write("linux/led-board-green-user/brightness", Value.of(17)));
        assertEquals("17", file("/sys/class/leds/board:green:user/brightness"));
        assertEquals(Value.of(10), machine.value("linux/backlight-panel/brightness"));
    }

    @Test
    void readsBatteries() {
        String battery = "/sys/class/power_supply/BAT0";
        machine.write(battery + "/capacity", "81").write(battery + "/voltage_now", "12340000");
        machine.write(battery + "/temp", "295").write(battery + "/status", "Not charging");
        machine.write("/sys/class/power_supply/AC/online", "1");
        machine.start();

        assertEquals(81, machine.decimal("linux/power-bat0/capacity"));
        assertEquals(12.34, machine.decimal("linux/power-bat0/voltage"), 1e-9);
        assertEquals(29.5, machine.decimal("linux/power-bat0/temperature"));
        assertEquals(Value.of("Not charging"), machine.value("linux/power-bat0/status"));
        assertEquals(Value.of(true), machine.value("linux/power-ac/online"));
    }

    @Test
    void setsOutputsByPulseWidth() throws Exception {
        String output = "/sys/class/pwm/pwmchip0/pwm1";
        machine.write(output + "/period", "1000000").write(output + "/duty_cycle", "250000");
        machine.write(output + "/enable", "0");
        machine.start();

        assertEquals(25.0, machine.decimal("linux/pwm-0-1/duty"));
        assertEquals(Value.of(75.0), write("linux/pwm-0-1/duty", Value.of(75.0)));
        assertEquals("750000", file(output + "/duty_cycle"));
        assertEquals(Value.of(true), write("linux/pwm-0-1/enable", Value.of(true)));
        assertEquals(Value.of(2_000_000), write("linux/pwm-0-1/period", Value.of(2_000_000)));
        assertEquals(37.5, machine.decimal("linux/pwm-0-1/duty"));
    }

    @Test
    void takesTheOutputsThatAreNamedAndGivesThemBack() throws Exception {
        machine.write("/sys/class/pwm/pwmchip0/export").write("/sys/class/pwm/pwmchip0/unexport");
        PulseGroup group = new PulseGroup(
                new KernelFiles(root, new Batch(System::nanoTime)),
                new Periods(Duration.ofSeconds(1)),
                List.of("pwmchip0:3", "pwmchip9:0"));

        group.scan();
        group.stop();

        assertEquals("3", file("/sys/class/pwm/pwmchip0/export"));
        assertEquals("3", file("/sys/class/pwm/pwmchip0/unexport"));
    }

    @Test
    void measuresOneWireThermometersOnAThreadOfItsOwn() {
        String devices = "/sys/bus/w1/devices";
        machine.write(devices + "/28-0316a2794bff/temperature", "23125");
        machine.write(
                devices + "/10-000802824e58/w1_slave",
                "2d 00 4b 46 ff ff 04 10 4a : crc=4a YES",
                "2d 00 4b 46 ff ff 04 10 4a t=-1250");
        machine.write(
                devices + "/22-0000001b6a4d/w1_slave",
                "2d 00 4b 46 ff ff 04 10 4a : crc=00 NO",
                "2d 00 4b 46 ff ff 04 10 4a t=85000");
        machine.write(devices + "/w1_bus_master1/w1_master_slaves", "28-0316a2794bff");
        machine.start();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> machine.read("linux/w1-28-0316a2794bff/temperature")
                        .quality()
                        .equals(Quality.GOOD));
        assertEquals(23.125, machine.decimal("linux/w1-28-0316a2794bff/temperature"));
        assertEquals(-1.25, machine.decimal("linux/w1-10-000802824e58/temperature"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> machine.code("linux/w1-22-0000001b6a4d/temperature") == Quality.Code.NOT_A_VALUE);
        assertFalse(machine.devices().contains("linux/w1-w1_bus_master1"));

        machine.delete(devices + "/28-0316a2794bff");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> machine.code("linux/w1-28-0316a2794bff/temperature") == Quality.Code.DISCONNECTED);
    }

    @Test
    void devicesComeAndGoWithoutARestart() {
        machine.start();
        String device = "/sys/bus/iio/devices/iio:device0";
        machine.write(device + "/name", "late").write(device + "/in_voltage0_raw", "1");

        machine.advance(LinuxDriver.SCAN_PERIOD);
        machine.read("linux/system/uptime");
        assertEquals(1, machine.changes);
        assertTrue(machine.devices().contains("linux/iio-late"));

        machine.delete(device);
        assertEquals(Quality.Code.DISCONNECTED, machine.code("linux/iio-late/voltage0"));
        machine.advance(LinuxDriver.SCAN_PERIOD);
        machine.read("linux/system/uptime");
        assertFalse(machine.devices().contains("linux/iio-late"));
    }

    @Test
    void saysWhyAValueIsNotTaken() throws Exception {
        String fan = "/sys/class/thermal/cooling_device0";
        machine.write(fan + "/type", "fan").write(fan + "/cur_state", "0").write(fan + "/max_state", "3");
        machine.start();
        Files.delete(root.resolve((fan + "/cur_state").substring(1)));

        DriverException gone = assertThrows(DriverException.class, () -> write("linux/cooling-fan/state", Value.of(1)));
        assertEquals(DriverException.Reason.CONNECTION, gone.reason());
        DriverException unknown =
                assertThrows(DriverException.class, () -> write("linux/cooling-none/state", Value.of(1)));
        assertEquals(DriverException.Reason.NO_SUCH_POINT, unknown.reason());
    }

    @Test
    void showsEachProcessorOfSeveral() {
        machine.write("/proc/stat", "cpu  100 0 0 100 0 0 0 0", "cpu0 100 0 0 0 0 0 0 0", "cpu1 0 0 0 100 0 0 0 0");
        machine.write("/sys/devices/system/cpu/cpu0/online", "1").write("/sys/devices/system/cpu/cpu1/online", "1");
        machine.write("/sys/devices/system/cpu/cpufreq/x", "");
        machine.start();
        machine.advanceSeconds(1);
        machine.write("/proc/stat", "cpu  200 0 0 200 0 0 0 0", "cpu0 200 0 0 0 0 0 0 0", "cpu1 0 0 0 200 0 0 0 0");

        assertEquals(50.0, machine.decimal("linux/cpu/load"));
        assertEquals(100.0, machine.decimal("linux/cpu/load-cpu0"));
        assertEquals(0.0, machine.decimal("linux/cpu/load-cpu1"));
    }

    @Test
    void watchesProgramsByName() throws Exception {
        String rest = " S 1 1 1 0 -1 0 0 0 0 0 ";
        machine.write("/proc/10/stat", "10 (my prog)" + rest + "100 50 0 0 20 0 1 0 5 1000 250 0");
        machine.write("/proc/11/stat", "11 (my prog)" + rest + "0 0 0 0 20 0 1 0 5 1000 50 0");
        machine.write("/proc/12/stat", "12 (other)" + rest + "9 9 0 0 20 0 1 0 5 1000 99 0");
        KernelFiles files = new KernelFiles(root, new Batch(() -> 0));
        ProcessGroup group = new ProcessGroup(files, new Periods(Duration.ofSeconds(1)), List.of("my prog", "absent"));
        LinuxDevice program = group.scan().get(0);

        assertEquals(
                Value.of(2),
                program.sources().get(PointId.of("linux/process-my-prog/count")).read());
        assertEquals(
                Value.of(300 * 4096L),
                program.sources()
                        .get(PointId.of("linux/process-my-prog/memory"))
                        .read());
        assertThrows(
                UnreadableException.class,
                () -> program.sources()
                        .get(PointId.of("linux/process-my-prog/cpu"))
                        .read());
    }

    @Test
    void refusesNamesThatCannotBe() {
        assertEquals(
                "pwm must be pwmchipN:M, parted by commas, is \"pwm0\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> LinuxSettings.of(io.fieldgate.testkit.Configurations.of(
                                        LinuxDriver.Config.class, java.util.Map.of("pwm", new String[] {"pwm0"}))))
                        .getMessage());
    }
}
