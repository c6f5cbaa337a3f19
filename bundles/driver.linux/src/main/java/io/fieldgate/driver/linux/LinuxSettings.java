package io.fieldgate.driver.linux;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a person has set, checked.
 *
 * @param root where the tree with /proc and /sys begins
 * @param periods how often points are read
 * @param groups which groups are read
 * @param pulses outputs by pulse width that are taken, {@code pwmchipN:M}
 * @param programs programs whose processes are watched
 */
record LinuxSettings(Path root, Periods periods, Set<String> groups, List<String> pulses, List<String> programs) {

    static final List<String> ALL_GROUPS = List.of(
            "cpu",
            "memory",
            "fs",
            "disk",
            "net",
            "temperature",
            "system",
            "hwmon",
            "thermal",
            "iio",
            "w1",
            "light",
            "pwm",
            "power",
            "process");

    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 60_000;

    static LinuxSettings of(LinuxDriver.Config config) {
        return new LinuxSettings(
                root(config.root()),
                periods(config.period_ms()),
                groups(config.groups()),
                pulses(config.pwm()),
                programs(config.processes()));
    }

    /** Without what needs to be named. */
    LinuxSettings(Path root, Periods periods, Set<String> groups) {
        this(root, periods, groups, List.of(), List.of());
    }

    private static List<String> pulses(String... outputs) {
        for (String output : outputs) {
            if (!PulseGroup.OUTPUT.matcher(output).matches()) {
                throw new IllegalArgumentException("pwm must be pwmchipN:M, parted by commas, is \"" + output + '"');
            }
        }
        return List.of(outputs);
    }

    private static List<String> programs(String... names) {
        if (names.length > Group.MOST) {
            throw new IllegalArgumentException(
                    "processes must be at most " + Group.MOST + " names, are " + names.length);
        }
        return List.of(names);
    }

    private static Path root(String text) {
        try {
            Path root = Path.of(text);
            if (root.isAbsolute()) {
                return root;
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("root must be an absolute path, is \"" + text + '"', e);
        }
        throw new IllegalArgumentException("root must be an absolute path, is \"" + text + '"');
    }

    private static Periods periods(int millis) {
        if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException(
                    "period.ms must be " + SHORTEST_MILLIS + " to " + LONGEST_MILLIS + ", is " + millis);
        }
        return new Periods(Duration.ofMillis(millis));
    }

    private static Set<String> groups(String text) {
        Set<String> groups = new HashSet<>();
        for (String part : text.split(",", -1)) {
            String group = part.strip();
            if (!ALL_GROUPS.contains(group)) {
                throw new IllegalArgumentException(
                        "groups must be names out of " + ALL_GROUPS + " parted by commas, is \"" + text + '"');
            }
            groups.add(group);
        }
        return Set.copyOf(groups);
    }
}
