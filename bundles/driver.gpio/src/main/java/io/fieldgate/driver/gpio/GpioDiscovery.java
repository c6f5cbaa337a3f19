package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Lists the GPIO chips and their lines. No line is taken for it. */
@Component(service = Discovery.class)
public final class GpioDiscovery implements Discovery {

    private final Lines lines;

    /** Makes it; nothing is opened yet. */
    @Activate
    public GpioDiscovery() {
        this(new DiozeroLines());
    }

    GpioDiscovery(Lines lines) {
        this.lines = lines;
    }

    @Override
    public String kind() {
        return "gpio";
    }

    @Override
    public List<Finding> find() throws DriverException {
        return lines.chips().stream().map(GpioDiscovery::finding).toList();
    }

    private static Finding finding(Lines.Chip chip) {
        long used = chip.lines().stream().filter(Lines.State::used).count();
        return Finding.of(
                        "/dev/" + chip.name(),
                        "GPIO chip " + chip.label() + ", " + chip.lines().size() + " lines, " + used + " in use")
                .with("io.fieldgate.driver.gpio-" + chip.name() + ".cfg", configuration(chip));
    }

    private static List<String> configuration(Lines.Chip chip) {
        List<String> text = new ArrayList<>();
        List<String> free = new ArrayList<>();
        text.add("# The lines of " + chip + ':');
        for (Lines.State line : chip.lines()) {
            text.add("#   " + line.number() + (line.name().isEmpty() ? "" : " " + line.name())
                    + (line.output() ? ", output" : ", input")
                    + (line.used() ? ", in use" + (line.consumer().isEmpty() ? "" : " by " + line.consumer()) : ""));
            if (!line.used()) {
                free.add(entry(line));
            }
        }
        text.add("fieldgate.driver.id=" + chip.name());
        text.add("chip=" + chip.name());
        if (free.isEmpty()) {
            text.add("# No line is free.");
        } else {
            text.add("# The first free line as input; take in the others as needed, parted by commas:");
            free.subList(1, free.size()).forEach(line -> text.add("#   " + line));
            text.add("lines=" + free.get(0));
        }
        return text;
    }

    private static String entry(Lines.State line) {
        String name = line.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        return "line" + line.number() + " line=" + line.number() + " direction=in"
                + (name.isEmpty() || name.equals("-") ? "" : " description=" + name);
    }
}
