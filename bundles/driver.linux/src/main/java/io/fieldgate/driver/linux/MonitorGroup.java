package io.fieldgate.driver.linux;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chips of hwmon, each a device with all that it measures, with limits and alarms (Documentation/hwmon/sysfs-interface.rst). Those that the
 * kernel makes of 1-Wire thermometers are left out: to read one takes 0.75 s.
 */
final class MonitorGroup implements Group {

    /** What the kernel calls the chip that it makes of a 1-Wire thermometer. */
    static final String ONE_WIRE = "w1_slave_temp";

    private static final String FOLDER = "/sys/class/hwmon";
    private static final Pattern CHANNEL =
            Pattern.compile("(in|temp|fan|curr|power|energy|humidity)(\\d+)_(input|average)");
    private static final Pattern PWM = Pattern.compile("pwm\\d+");
    private static final List<String> LIMITS = List.of("min", "max", "lcrit", "crit", "emergency");
    private static final List<String> ALARMS =
            List.of("_alarm", "_min_alarm", "_max_alarm", "_lcrit_alarm", "_crit_alarm", "_emergency_alarm", "_fault");
    private static final int PWM_FULL = 255;

    /** A unit, and how much the kernel counts of it. */
    private record Unit(String ucum, double factor) {}

    private static final Map<String, Unit> UNITS = Map.of(
            "in", new Unit("V", 1e3),
            "temp", new Unit("Cel", 1e3),
            "fan", new Unit("/min", 1),
            "curr", new Unit("A", 1e3),
            "power", new Unit("W", 1e6),
            "energy", new Unit("J", 1e6),
            "humidity", new Unit("%", 1e3));

    private final KernelFiles files;
    private final Periods periods;

    MonitorGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        Names names = new Names("hwmon-");
        for (String monitor : files.names(FOLDER, "hwmon")) {
            String chip = files.textOf(FOLDER + '/' + monitor + "/name");
            if (devices.size() < MOST && !chip.equals(ONE_WIRE)) {
                chip(FOLDER + '/' + monitor, names.of(chip.isEmpty() ? monitor : chip), chip)
                        .device()
                        .ifPresent(devices::add);
            }
        }
        return devices;
    }

    private SysfsDevice chip(String folder, String name, String chip) {
        SysfsDevice device = new SysfsDevice(files, folder, name, "Hardware monitor " + chip);
        Names names = new Names("");
        int channels = 0;
        for (String file : files.names(folder, "")) {
            Matcher channel = CHANNEL.matcher(file);
            if (channels < MOST && channel.matches()) {
                channels++;
                channel(device, names, channel.group(1), channel.group(1) + channel.group(2), file);
            } else if (channels < MOST && PWM.matcher(file).matches()) {
                channels++;
                device.addSetting(
                        device.integer(names.of(file), periods.normal(), "Duty of " + file + ", 255 is full")
                                .range(0, PWM_FULL),
                        file);
            }
        }
        if (device.has("intrusion0_alarm")) {
            device.addTruth(
                    device.truth(names.of("intrusion"), periods.normal(), "Whether the case was opened"),
                    "intrusion0_alarm");
        }
        return device;
    }

    private void channel(SysfsDevice device, Names names, String kind, String channel, String file) {
        String label = device.text(channel + "_label");
        Unit unit = UNITS.get(kind);
        String name = names.of(label.isEmpty() ? channel : label);
        String what = label.isEmpty() ? channel : label;
        device.add(device.decimal(name, unit.ucum(), periods.normal(), what), file, unit.factor());
        for (String limit : LIMITS) {
            if (device.has(channel + '_' + limit)) {
                PointInfo.Builder point = device.decimal(
                        names.of(name + '-' + limit), unit.ucum(), periods.rare(), "Limit of " + what + ": " + limit);
                device.add(point, channel + '_' + limit, unit.factor());
            }
        }
        List<KernelFile> alarms = ALARMS.stream()
                .filter(alarm -> device.has(channel + alarm))
                .map(alarm -> device.file(channel + alarm))
                .toList();
        if (!alarms.isEmpty()) {
            device.add(
                    device.truth(
                            names.of(name + "-alarm"),
                            periods.normal(),
                            "Whether " + what + " is beyond a limit, or its sensor fails"),
                    () -> Value.of(any(alarms)));
        }
    }

    private static boolean any(List<KernelFile> alarms) throws IOException {
        for (KernelFile alarm : alarms) {
            if (alarm.fields().number() != 0) {
                return true;
            }
        }
        return false;
    }
}
