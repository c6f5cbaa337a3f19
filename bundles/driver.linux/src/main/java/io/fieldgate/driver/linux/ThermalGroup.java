package io.fieldgate.driver.linux;

import java.util.ArrayList;
import java.util.List;

/** Thermal zones with the temperatures at which the kernel acts, and what it acts with (Documentation/driver-api/thermal/sysfs-api.rst). */
final class ThermalGroup implements Group {

    private static final String FOLDER = "/sys/class/thermal";
    private static final double PER_DEGREE = 1000;

    private final KernelFiles files;
    private final Periods periods;

    ThermalGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        Names zones = new Names("thermal-");
        for (String zone : files.names(FOLDER, "thermal_zone")) {
            if (devices.size() < MOST) {
                zone(zones, FOLDER + '/' + zone, zone).device().ifPresent(devices::add);
            }
        }
        Names coolers = new Names("cooling-");
        for (String cooler : files.names(FOLDER, "cooling_device")) {
            if (devices.size() < MOST) {
                cooler(coolers, FOLDER + '/' + cooler, cooler).device().ifPresent(devices::add);
            }
        }
        return devices;
    }

    private SysfsDevice zone(Names names, String folder, String zone) {
        String type = files.textOf(folder + "/type");
        String called = type.isEmpty() ? zone : type;
        SysfsDevice device = new SysfsDevice(files, folder, names.of(called), "Thermal zone " + called);
        if (device.has("temp")) {
            device.add(device.decimal("temperature", "Cel", periods.normal(), "Temperature"), "temp", PER_DEGREE);
        }
        for (int i = 0; device.has("trip_point_" + i + "_temp") && i < MOST; i++) {
            String kind = device.text("trip_point_" + i + "_type");
            device.add(
                    device.decimal("trip-" + i, "Cel", periods.rare(), "Where the kernel acts: " + kind),
                    "trip_point_" + i + "_temp",
                    PER_DEGREE);
        }
        return device;
    }

    private SysfsDevice cooler(Names names, String folder, String cooler) {
        String type = files.textOf(folder + "/type");
        String called = type.isEmpty() ? cooler : type;
        SysfsDevice device = new SysfsDevice(files, folder, names.of(called), "Cooling by " + called);
        if (device.has("cur_state")) {
            long most = device.number("max_state").orElse(0);
            device.addSetting(
                    device.integer("state", periods.normal(), "How much it cools: 0 is not, " + most + " is most")
                            .range(0, (double) Math.max(0, most)),
                    "cur_state");
        }
        return device;
    }
}
