package io.fieldgate.driver.linux;

import java.util.ArrayList;
import java.util.List;

/** LEDs and the light behind screens, which can be dimmed (Documentation/leds/leds-class.rst, ABI/stable/sysfs-class-backlight). */
final class LightGroup implements Group {

    private final KernelFiles files;
    private final Periods periods;

    LightGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        lights(devices, "/sys/class/leds", "led-", "LED ");
        lights(devices, "/sys/class/backlight", "backlight-", "Light behind the screen ");
        return devices;
    }

    private void lights(List<LinuxDevice> devices, String folder, String prefix, String what) {
        Names names = new Names(prefix);
        for (String light : files.names(folder, "")) {
            if (devices.size() < MOST) {
                SysfsDevice device = new SysfsDevice(files, folder + '/' + light, names.of(light), what + light);
                long most = device.number("max_brightness").orElse(0);
                if (device.has("brightness") && most > 0) {
                    device.addSetting(
                            device.integer("brightness", periods.normal(), "0 is dark, " + most + " is brightest")
                                    .range(0, (double) most),
                            "brightness");
                }
                device.device().ifPresent(devices::add);
            }
        }
    }
}
