package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outputs by pulse width that hardware makes (Documentation/driver-api/pwm.rst): those that the configuration names, which are taken from
 * the kernel for as long as the driver runs, and those that somebody else has taken.
 */
final class PulseGroup implements Group {

    /** How a person names an output: chip and number. */
    static final Pattern OUTPUT = Pattern.compile("pwmchip(\\d+):(\\d+)");

    private static final Logger LOG = LoggerFactory.getLogger(PulseGroup.class);
    private static final String FOLDER = "/sys/class/pwm";
    private static final double FULL = 100;
    private static final double LONGEST_NANOS = 1e9;

    private final KernelFiles files;
    private final Periods periods;
    private final List<String> wanted;
    private final List<String> exported = new ArrayList<>();

    PulseGroup(KernelFiles files, Periods periods, List<String> wanted) {
        this.files = files;
        this.periods = periods;
        this.wanted = wanted;
    }

    @Override
    public List<LinuxDevice> scan() {
        wanted.forEach(this::export);
        List<LinuxDevice> devices = new ArrayList<>();
        for (String chip : files.names(FOLDER, "pwmchip")) {
            for (String output : files.names(FOLDER + '/' + chip, "pwm")) {
                if (devices.size() < MOST && output.matches("pwm\\d+")) {
                    String name = "pwm-" + chip.substring("pwmchip".length()) + '-' + output.substring("pwm".length());
                    output(FOLDER + '/' + chip + '/' + output, name).device().ifPresent(devices::add);
                }
            }
        }
        return devices;
    }

    private void export(String output) {
        String chip = FOLDER + '/' + output.substring(0, output.indexOf(':'));
        String number = output.substring(output.indexOf(':') + 1);
        if (files.exists(chip + "/export") && !files.exists(chip + "/pwm" + number)) {
            try {
                write(chip + "/export", number);
                exported.add(output);
            } catch (IOException e) {
                LOG.warn("{} cannot be taken: {}", output, e.toString());
            }
        }
    }

    /** Gives back what this has taken. */
    @Override
    public void stop() {
        for (String output : exported) {
            try {
                write(
                        FOLDER + '/' + output.substring(0, output.indexOf(':')) + "/unexport",
                        output.substring(output.indexOf(':') + 1));
            } catch (IOException e) {
                LOG.warn("{} cannot be given back: {}", output, e.toString());
            }
        }
        exported.clear();
    }

    private void write(String file, String text) throws IOException {
        Files.write(files.path(file), text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    private SysfsDevice output(String folder, String name) {
        SysfsDevice device = new SysfsDevice(files, folder, name, "Output by pulse width " + folder);
        if (device.has("period") && device.has("duty_cycle") && device.has("enable")) {
            device.addSetting(
                    device.integer("period", periods.normal(), "Time from pulse to pulse, at least the pulse itself")
                            .unit("ns")
                            .range(0, LONGEST_NANOS),
                    "period");
            KernelFile period = device.file("period");
            KernelFile pulse = device.file("duty_cycle");
            Source duty = () -> {
                long nanos = period.fields().number();
                return Value.of(nanos == 0 ? 0 : FULL * pulse.fields().number() / nanos);
            };
            var point = device.decimal("duty", "%", periods.normal(), "Share of the period that the pulse takes")
                    .range(0, FULL);
            var enable = device.truth("enable", periods.normal(), "Whether there are pulses");
            KernelFile enabled = device.file("enable");
            if (device.isWritable("duty_cycle")) {
                device.add(
                        point,
                        duty,
                        value -> device.set(
                                "duty_cycle",
                                Long.toString(Math.round(device.number("period").orElse(0)
                                        * ((Value.DecimalValue) value).value()
                                        / FULL))));
                device.add(
                        enable,
                        () -> Value.of(enabled.fields().number() != 0),
                        value -> device.set("enable", value.equals(Value.of(true)) ? "1" : "0"));
            } else {
                device.add(point, duty);
                device.addTruth(enable, "enable");
            }
        }
        return device;
    }
}
