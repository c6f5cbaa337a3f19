package io.fieldgate.itest.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulator's side of the GPIO chip. */
final class SimulatedChip {

    private static final Path CALLS = Path.of("/sys/kernel/tracing/trace");

    /** One line by its number, or several as bits. */
    private static final Pattern CALL =
            Pattern.compile("line=(\\d+) value=([01])$|lines=0x([0-9a-f]+) values=0x([0-9a-f]+)$");

    private final Path config = Guest.folder("GPIO_CONFIG");

    /** For an output, what was set; for an input, what {@link #pull} says. */
    String value(int line) throws IOException {
        return Guest.read(line(line).resolve("value"));
    }

    /** Sets what is on a line that is an input. */
    void pull(int line, boolean up) throws IOException {
        Guest.write(line(line).resolve("pull"), up ? "pull-up" : "pull-down");
    }

    /** Takes the chip away, or brings it back. */
    void live(boolean live) throws IOException {
        Guest.write(config.resolve("live"), live ? "1" : "0");
    }

    /** What gpioinfo says of a line. */
    String info(int line) throws IOException, InterruptedException {
        return Guest.run("gpioinfo", name())
                .lines()
                .filter(text -> text.matches("\\s*line\\s+" + line + ":.*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(config + " has no line " + line));
    }

    /** The name that the kernel gave it, another after it has come back. */
    String name() throws IOException {
        return Guest.read(config.resolve("bank/chip_name"));
    }

    /** Begins the record of what lines are set to anew. */
    void forgetCalls() throws IOException {
        Guest.write(CALLS, "");
    }

    /** What a line was set to at last, as the kernel has recorded it. */
    boolean lastSet(int line) throws IOException {
        Optional<Boolean> last = Optional.empty();
        for (String call : Files.readAllLines(CALLS)) {
            Matcher found = CALL.matcher(call);
            if (found.find()) {
                boolean one = found.group(1) != null;
                long lines = one ? 1L << Integer.parseInt(found.group(1)) : Long.parseUnsignedLong(found.group(3), 16);
                long values = one ? Long.parseLong(found.group(2)) << line : Long.parseUnsignedLong(found.group(4), 16);
                if ((lines >> line & 1) != 0) {
                    last = Optional.of((values >> line & 1) != 0);
                }
            }
        }
        return last.orElseThrow(() -> new AssertionError("line " + line + " was not set"));
    }

    private Path line(int line) throws IOException {
        return Path.of("/sys/devices/platform", Guest.read(config.resolve("dev_name")), name(), "sim_gpio" + line);
    }
}
