package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.DEVICE_FAILURE;
import static io.fieldgate.api.data.Quality.Code.DISCONNECTED;
import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemperatureGroupTest {

    private static final String ZONE = "/sys/class/thermal/thermal_zone";
    private static final String MONITOR = "/sys/class/hwmon/hwmon";

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        machine.write("/proc/uptime", "1.0 1.0");
        machine.write(ZONE + "0/type", "cpu-thermal").write(ZONE + "0/temp", "48312");
        machine.write("/sys/class/thermal/cooling_device0/type", "fan");
    }

    @Test
    void readsThermalZonesInThousandthsOfADegree() {
        machine.start();

        assertEquals(List.of("cpu-thermal (decimal in Cel, r)"), machine.points("linux/temperature"));
        assertEquals(48.312, machine.decimal("linux/temperature/cpu-thermal"));
    }

    @Test
    void readsMonitorsByTheLabelsOfTheirInputs() {
        machine.write(MONITOR + "1/name", "nvme").write(MONITOR + "1/temp1_input", "-5250");
        machine.write(MONITOR + "1/temp1_label", "Composite").write(MONITOR + "1/temp1_max", "80000");
        machine.write(MONITOR + "10/name", "tmp102").write(MONITOR + "10/temp1_input", "21000");
        machine.start();

        assertEquals(
                List.of(
                        "cpu-thermal (decimal in Cel, r)",
                        "nvme-composite (decimal in Cel, r)",
                        "tmp102-temp1 (decimal in Cel, r)"),
                machine.points("linux/temperature"));
        assertEquals(-5.25, machine.decimal("linux/temperature/nvme-composite"));
    }

    @Test
    void showsAThermalZoneOnceThoughTheKernelMakesAMonitorOfIt() {
        machine.write(MONITOR + "0/name", "cpu_thermal").write(MONITOR + "0/temp1_input", "48312");

        assertEquals(1, machine.start().points("linux/temperature").size());
    }

    @Test
    void numbersSensorsThatAreCalledAlike() {
        machine.write(ZONE + "1/type", "cpu-thermal").write(ZONE + "1/temp", "50000");
        machine.write(ZONE + "2/temp", "51000");
        machine.start();

        assertEquals(50.0, machine.decimal("linux/temperature/cpu-thermal-2"));
        assertEquals(51.0, machine.decimal("linux/temperature/thermal_zone2"));
    }

    @Test
    void hasNoDeviceWhereThereIsNoSensor() {
        machine.delete("/sys");

        assertEquals(List.of("linux/system"), machine.start().devices());
    }

    @Test
    void tellsGarbageFailureAndAbsenceApart() throws IOException {
        machine.start();
        machine.write(ZONE + "0/temp", "warm");
        assertEquals(NOT_A_VALUE, machine.code("linux/temperature/cpu-thermal"));

        machine.delete(ZONE + "0/temp");
        assertEquals(DISCONNECTED, machine.code("linux/temperature/cpu-thermal"));

        // A folder in its place can be opened but not read, like a sensor that fails.
        Files.createDirectory(root.resolve("sys/class/thermal/thermal_zone0/temp"));
        assertEquals(DEVICE_FAILURE, machine.code("linux/temperature/cpu-thermal"));
    }
}
