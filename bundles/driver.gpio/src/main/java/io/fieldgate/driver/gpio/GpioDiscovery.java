package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds the GPIO chips of this machine. No line is taken: the kernel tells of each who has it. */
@Component
public final class GpioDiscovery implements Discovery {

    private final Chips chips;

    /** Looks in {@code /dev}. */
    @Activate
    public GpioDiscovery() {
        this(new CharacterDevices());
    }

    GpioDiscovery(Chips chips) {
        this.chips = chips;
    }

    @Override
    public String kind() {
        return "gpio";
    }

    @Override
    public List<Finding> find() throws DriverException {
        try {
            List<Finding> found = new ArrayList<>();
            for (Chips.Name name : chips.names()) {
                try (Chips.Chip chip = chips.open(name.name())) {
                    found.add(finding(name, chip.lines()));
                }
            }
            return found;
        } catch (IOException e) {
            throw new DriverException(DriverException.Reason.CONNECTION, e.getMessage(), e);
        }
    }

    private static Finding finding(Chips.Name chip, List<Chips.LineInfo> lines) {
        long held = lines.stream().filter(line -> !line.holder().isEmpty()).count();
        Finding found =
                Finding.of(chip.name(), chip.label() + ", " + lines.size() + " lines, " + held + " of them held");
        List<Chips.LineInfo> free =
                lines.stream().filter(line -> line.holder().isEmpty()).toList();
        if (free.isEmpty()) {
            return found;
        }
        List<String> content = new ArrayList<>();
        content.add("# " + chip
                + ": every line that nobody holds, as an input. Keep those that you need; an output is use=out");
        content.add("fieldgate.driver.id=" + segment(chip.label().isEmpty() ? chip.name() : chip.label()));
        content.add("chip=" + (chip.label().isEmpty() ? chip.name() : chip.label()));
        content.add("lines=\\");
        for (int i = 0; i < free.size(); i++) {
            content.add(
                    "  line-" + free.get(i).number() + " line=" + free.get(i).number() + " use=in"
                            + (free.get(i).name().isEmpty()
                                    ? ""
                                    : " description=\"" + free.get(i).name().replace("\"", "'") + '"')
                            + (i < free.size() - 1 ? ",\\" : ""));
        }
        return found.with("io.fieldgate.driver.gpio-" + chip.name() + ".cfg", content);
    }

    private static String segment(String label) {
        String segment = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        return segment.substring(0, Math.min(64, segment.length()));
    }
}
