package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One device with a point for each temperature that a thermal zone or a hardware monitor measures. */
final class TemperatureGroup implements Group {

    private static final String ZONES = "/sys/class/thermal";
    private static final String MONITORS = "/sys/class/hwmon";
    private static final String INPUT = "_input";
    private static final double PER_DEGREE = 1000;

    private final KernelFiles files;
    private final Periods periods;

    /** A sensor: what it is called, where it is described to be, and its file. */
    private record Sensor(String label, String origin, String file) {}

    TemperatureGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<Sensor> sensors = new ArrayList<>();
        addMonitors(sensors, addZones(sensors));
        LinuxDevice device = new LinuxDevice("temperature", "Temperatures that the kernel measures");
        Names names = new Names("");
        sensors.stream().limit(MOST).forEach(sensor -> add(device, names.of(sensor.label()), sensor));
        return device.sources().isEmpty() ? List.of() : List.of(device);
    }

    private void add(LinuxDevice device, String name, Sensor sensor) {
        KernelFile file = files.file(sensor.file());
        device.add(
                device.point(name, ValueType.DECIMAL, periods.normal())
                        .unit("Cel")
                        .range(-55, 150)
                        .deadband(Deadband.absolute(0.2))
                        .description(sensor.origin()),
                () -> Value.of(file.fields().number() / PER_DEGREE));
    }

    private Set<String> addZones(List<Sensor> sensors) {
        Set<String> types = new HashSet<>();
        for (String zone : files.names(ZONES, "thermal_zone")) {
            String folder = ZONES + '/' + zone;
            String file = folder + "/temp";
            if (files.exists(file)) {
                String type = files.textOf(folder + "/type");
                types.add(type.replace('-', '_'));
                sensors.add(new Sensor(type.isEmpty() ? zone : type, "Thermal zone " + type, file));
            }
        }
        return types;
    }

    /** The kernel makes a monitor of each thermal zone, under the type with underscores; those are there already. */
    private void addMonitors(List<Sensor> sensors, Set<String> zones) {
        for (String monitor : files.names(MONITORS, "hwmon")) {
            String folder = MONITORS + '/' + monitor;
            String chip = files.textOf(folder + "/name");
            if (!zones.contains(chip) && !chip.equals(MonitorGroup.ONE_WIRE)) {
                addInputs(sensors, folder, chip.isEmpty() ? monitor : chip);
            }
        }
    }

    private void addInputs(List<Sensor> sensors, String folder, String chip) {
        for (String input : files.names(folder, "temp")) {
            if (input.endsWith(INPUT)) {
                String number = input.substring(0, input.length() - INPUT.length());
                String label = files.textOf(folder + '/' + number + "_label");
                String which = label.isEmpty() ? number : label;
                sensors.add(new Sensor(chip + '-' + which, "Sensor " + which + " of " + chip, folder + '/' + input));
            }
        }
    }
}
