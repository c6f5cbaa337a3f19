package io.fieldgate.driver.linux;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converters and sensors of the Industrial I/O subsystem: of each channel (raw + offset) · scale, or what the kernel has worked out itself
 * (Documentation/ABI/testing/sysfs-bus-iio). Channels that go out can be written.
 */
final class ConverterGroup implements Group {

    static final String FOLDER = "/sys/bus/iio/devices";
    private static final Pattern CHANNEL = Pattern.compile("(in|out)_(([a-z]+)[a-z0-9_-]*?)_(raw|input)");

    private final KernelFiles files;
    private final Periods periods;

    ConverterGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        Names names = new Names("iio-");
        for (String converter : files.names(FOLDER, "iio:device")) {
            if (devices.size() < MOST) {
                String folder = FOLDER + '/' + converter;
                String name = files.textOf(folder + "/name");
                String called = name.isEmpty() ? converter : name;
                SysfsDevice device = new SysfsDevice(files, folder, names.of(called), "Converter or sensor " + called);
                channels(device, folder);
                device.device().ifPresent(devices::add);
            }
        }
        return devices;
    }

    private void channels(SysfsDevice device, String folder) {
        Names names = new Names("");
        int channels = 0;
        for (String file : files.names(folder, "")) {
            Matcher channel = CHANNEL.matcher(file);
            if (channels < MOST && channel.matches()) {
                boolean processed = channel.group(4).equals("input");
                if (processed || !device.has(channel.group(1) + '_' + channel.group(2) + "_input")) {
                    channels++;
                    channel(device, names, channel, processed);
                }
            }
        }
    }

    private void channel(SysfsDevice device, Names names, Matcher found, boolean processed) {
        String direction = found.group(1);
        String channel = found.group(2);
        KernelFile value = device.file(found.group());
        String scale = shared(device, direction, channel, found.group(3), "scale");
        String offset = shared(device, direction, channel, found.group(3), "offset");
        ConverterUnit unit = processed || !scale.isEmpty() ? ConverterUnit.of(found.group(3)) : ConverterUnit.NONE;
        String label = device.text(direction + '_' + channel + "_label");
        PointInfo.Builder point =
                device.decimal(names.of(channel), unit.ucum(), periods.normal(), label.isEmpty() ? channel : label);
        Source source = () -> {
            double number = value.fields().decimal();
            return Value.of(
                    processed
                            ? number / unit.factor()
                            : (number + of(device, offset, 0)) * of(device, scale, 1) / unit.factor());
        };
        if (direction.equals("out") && device.isWritable(found.group())) {
            device.add(point, source, written -> {
                double number = ((Value.DecimalValue) written).value() * unit.factor() / of(device, scale, 1);
                device.set(found.group(), Long.toString(Math.round(number - of(device, offset, 0))));
            });
        } else {
            device.add(point, source);
        }
    }

    /** The file that has scale or offset: of the channel itself, or of all of its kind; empty if there is none. */
    private static String shared(SysfsDevice device, String direction, String channel, String kind, String what) {
        for (String owner : List.of(channel, kind)) {
            String file = direction + '_' + owner + '_' + what;
            if (device.has(file)) {
                return file;
            }
        }
        return "";
    }

    private static double of(SysfsDevice device, String file, double otherwise) throws IOException {
        return file.isEmpty() ? otherwise : device.file(file).fields().decimal();
    }
}
