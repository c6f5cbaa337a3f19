package io.fieldgate.driver.i2c;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a bus is.
 *
 * @param number its number, as in {@code /dev/i2c-N}; it may be another after the next start
 * @param label what the kernel's adapter calls itself
 * @param device the file to open
 */
record BusPlace(int number, String label, Path device) {

    /** The name that messages have. */
    String name() {
        return "i2c-" + number;
    }

    /**
     * The buses of this machine.
     *
     * @param sys {@code /sys}
     * @param dev {@code /dev}
     * @return all of them, by their numbers
     * @throws IOException if the folder is there but cannot be read
     */
    static List<BusPlace> all(Path sys, Path dev) throws IOException {
        Path folder = sys.resolve("class/i2c-dev");
        List<BusPlace> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    String file = String.valueOf(entry.getFileName());
                    if (file.matches("i2c-[0-9]{1,6}")) {
                        found.add(new BusPlace(Integer.parseInt(file.substring(4)), label(entry), dev.resolve(file)));
                    }
                }
            }
        }
        found.sort(Comparator.comparingInt(BusPlace::number));
        return found;
    }

    private static String label(Path entry) {
        try {
            return Files.readString(entry.resolve("name")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Finds a bus by what a configuration says.
     *
     * @param text a number, {@code i2c-N}, or what the adapter calls itself
     * @throws BusException if there is none, or several have that name; the message lists those that are there
     */
    static BusPlace find(String text, Path sys, Path dev) throws BusException {
        List<BusPlace> all;
        try {
            all = all(sys, dev);
        } catch (IOException e) {
            throw new BusException(BusException.Kind.NO_BUS, "the buses cannot be listed: " + e);
        }
        List<BusPlace> matching =
                all.stream().filter(place -> place.isCalled(text)).toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        List<String> there = all.stream()
                .map(place -> place.number() + " (" + place.label() + ")")
                .toList();
        throw new BusException(
                BusException.Kind.NO_BUS,
                (matching.isEmpty() ? "there is no bus " : "several buses are called ") + text + "; there are "
                        + (there.isEmpty() ? "none: is the module i2c-dev loaded?" : String.join(", ", there)));
    }

    private boolean isCalled(String text) {
        return text.equals(Integer.toString(number)) || text.equals(name()) || text.equals(label);
    }
}
