package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thermometers on 1-Wire buses (Documentation/w1/slaves/w1_therm.rst). To read one takes 0.75 s, in which it measures: that is done on a
 * thread of its own, and a point says what was measured last.
 */
final class OneWireGroup implements Group {

    static final String FOLDER = "/sys/bus/w1/devices";

    /** The families of the DS18S20, DS1822, DS18B20, DS1825 and DS28EA00. */
    static final Pattern THERMOMETER = Pattern.compile("(10|22|28|3b|42)-[0-9a-f]{12}");

    private static final Pattern OLD = Pattern.compile("(?s).* crc=[0-9a-f]{2} (YES|NO)\n.* t=(-?\\d+).*");
    private static final double PER_DEGREE = 1000;

    private final KernelFiles files;
    private final Periods periods;
    private final SlowSources slow;

    OneWireGroup(KernelFiles files, Periods periods, SlowSources slow) {
        this.files = files;
        this.periods = periods;
        this.slow = slow;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        for (String thermometer : files.names(FOLDER, "")) {
            if (devices.size() < MOST && THERMOMETER.matcher(thermometer).matches()) {
                String folder = FOLDER + '/' + thermometer;
                SysfsDevice device = new SysfsDevice(files, folder, "w1-" + thermometer, "Thermometer " + thermometer);
                device.add(
                        device.decimal("temperature", "Cel", periods.normal(), "Temperature")
                                .range(-55, 125),
                        slow.of(thermometer, () -> measure(folder)));
                device.device().ifPresent(devices::add);
            }
        }
        slow.keep(files.names(FOLDER, ""));
        return devices;
    }

    @Override
    public void stop() {
        slow.stop();
    }

    /** Called on the slow thread, so with a file of its own and not within a batch. */
    private Value measure(String folder) throws IOException {
        Batch own = new Batch(System::nanoTime);
        if (files.exists(folder + "/temperature")) {
            return Value.of(new KernelFile(files.path(folder + "/temperature"), own)
                            .fields()
                            .number()
                    / PER_DEGREE);
        }
        String text = new KernelFile(files.path(folder + "/w1_slave"), own).text();
        Matcher old = OLD.matcher(text);
        if (!old.matches() || old.group(1).equals("NO")) {
            throw UnreadableException.notAValue(folder + " was not understood: its checksum is wrong");
        }
        return Value.of(Integer.parseInt(old.group(2)) / PER_DEGREE);
    }
}
