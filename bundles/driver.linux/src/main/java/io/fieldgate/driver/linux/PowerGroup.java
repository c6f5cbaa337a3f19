package io.fieldgate.driver.linux;

import java.util.ArrayList;
import java.util.List;

/** Batteries and chargers (Documentation/ABI/testing/sysfs-class-power). */
final class PowerGroup implements Group {

    private static final String FOLDER = "/sys/class/power_supply";

    /** A file with a number, the point's name, its unit and how much the kernel counts of it. */
    private record Property(String file, String name, String unit, double factor) {}

    private static final List<Property> NUMBERS = List.of(
            new Property("capacity", "capacity", "%", 1),
            new Property("voltage_now", "voltage", "V", 1e6),
            new Property("current_now", "current", "A", 1e6),
            new Property("power_now", "power", "W", 1e6),
            new Property("energy_now", "energy", "W.h", 1e6),
            new Property("energy_full", "energy-full", "W.h", 1e6),
            new Property("charge_now", "charge", "A.h", 1e6),
            new Property("charge_full", "charge-full", "A.h", 1e6),
            new Property("temp", "temperature", "Cel", 10),
            new Property("cycle_count", "cycles", "1", 1),
            new Property("time_to_empty_now", "time-to-empty", "s", 1));

    private final KernelFiles files;
    private final Periods periods;

    PowerGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        Names names = new Names("power-");
        for (String supply : files.names(FOLDER, "")) {
            if (devices.size() < MOST) {
                SysfsDevice device =
                        new SysfsDevice(files, FOLDER + '/' + supply, names.of(supply), "Power supply " + supply);
                for (Property property : NUMBERS) {
                    if (device.has(property.file())) {
                        device.add(
                                device.decimal(property.name(), property.unit(), periods.slow(), property.file()),
                                property.file(),
                                property.factor());
                    }
                }
                if (device.has("online")) {
                    device.addTruth(device.truth("online", periods.normal(), "Whether it supplies"), "online");
                }
                for (String text : List.of("status", "health")) {
                    if (device.has(text)) {
                        device.addText(device.words(text, periods.slow(), "What the kernel says of its " + text), text);
                    }
                }
                device.device().ifPresent(devices::add);
            }
        }
        return devices;
    }
}
