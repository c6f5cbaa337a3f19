package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.util.List;
import java.util.function.Predicate;

/** Finds configured lines on the chips that are there. */
final class LineFinder {

    /** A line of a chip. */
    record Place(Lines.Chip chip, Lines.State line) {}

    private final List<Lines.Chip> chips;

    /** With the chip's label or name as configured, empty for any. */
    LineFinder(String wanted, List<Lines.Chip> all) throws DriverException {
        chips = all.stream()
                .filter(chip -> wanted.isEmpty()
                        || chip.name().equals(wanted)
                        || chip.label().equals(wanted))
                .toList();
        if (chips.isEmpty()) {
            throw new DriverException(Reason.CONNECTION, "there is no GPIO chip " + wanted + ": there is " + all);
        }
        if (!wanted.isEmpty() && chips.size() > 1) {
            throw new DriverException(
                    Reason.CONFIGURATION,
                    "chip=" + wanted + " is not one chip but " + chips + ": give a name gpiochipN");
        }
    }

    /** Finds a line that is free; a name goes before a number. */
    Place find(LineSettings settings) throws DriverException {
        List<Place> named = places(line -> line.name().equals(settings.where));
        if (named.size() > 1) {
            throw new DriverException(
                    Reason.CONFIGURATION,
                    "line " + settings.where + " is there more than once, on "
                            + named.stream().map(Place::chip).toList() + ": give the chip, or the line's number");
        }
        List<Place> found = named.isEmpty() ? places(line -> line.number() == settings.number()) : named;
        if (found.isEmpty()) {
            throw new DriverException(
                    Reason.CONNECTION,
                    "line " + settings.name + ": there is no line " + settings.where + " on any of " + chips);
        }
        return free(settings, found.get(0));
    }

    private List<Place> places(Predicate<Lines.State> wantedLine) {
        return chips.stream()
                .flatMap(chip -> chip.lines().stream().filter(wantedLine).map(line -> new Place(chip, line)))
                .toList();
    }

    private static Place free(LineSettings settings, Place found) throws DriverException {
        if (found.line.used()) {
            throw new DriverException(
                    Reason.CONNECTION,
                    "line " + settings.name + " (" + settings.where + " of " + found.chip + ") is held by "
                            + (found.line.consumer().isEmpty() ? "the kernel" : '"' + found.line.consumer() + '"'));
        }
        return found;
    }
}
