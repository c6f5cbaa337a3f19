package io.fieldgate.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import com.diozero.util.FileNative;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The chips of the kernel, by its character devices {@code /dev/gpiochipN}. */
final class DiozeroLines implements Lines {

    private static final Path DEV = Path.of("/dev");
    private static final String PREFIX = "gpiochip";
    private static final int READ_WRITE_CLOSE_ON_EXEC = 0x80002;
    private static final int BUSY = -16;
    private static final EdgeLoop EDGES = new EdgeLoop();

    @Override
    public List<Chip> chips() throws DriverException {
        List<Path> files = files();
        List<Chip> chips = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file) || !Files.isWritable(file)) {
                failures.add("no permission for " + file + ": the user " + System.getProperty("user.name")
                        + " must be in the group " + group(file));
            } else {
                NativeLibrary.load();
                GpioChip open = Native.openChip(file.toString());
                if (open == null) {
                    failures.add(file + " cannot be opened");
                } else {
                    chips.add(chip(open));
                }
            }
        }
        if (chips.isEmpty()) {
            throw new DriverException(
                    Reason.CONNECTION,
                    failures.isEmpty()
                            ? "there is no /dev/gpiochip*: the kernel has no GPIO chip. Is its module loaded"
                                    + " (lsmod, modprobe), is CONFIG_GPIO_CDEV set, is the device there in this container?"
                            : String.join("; ", failures));
        }
        return chips;
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DEV, PREFIX + "[0-9]*")) {
            found.forEach(file -> {
                if (!Files.isSymbolicLink(file)) {
                    files.add(file);
                }
            });
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        files.sort(
                Comparator.comparingInt((Path file) -> file.toString().length()).thenComparing(file -> file));
        return files;
    }

    private static String group(Path file) {
        try {
            String group = Files.getAttribute(file, "posix:group", LinkOption.NOFOLLOW_LINKS)
                    .toString();
            return group.equals("root") ? "gpio, and a rule of udev must give the device to that group" : group;
        } catch (IOException | UnsupportedOperationException e) {
            return "gpio";
        }
    }

    private static Chip chip(GpioChip open) {
        try {
            List<State> lines = new ArrayList<>();
            for (GpioLine line : open.getLines()) {
                if (line != null) {
                    lines.add(new State(
                            line.getOffset(),
                            text(line.getName()),
                            line.isReserved(),
                            line.getDirection() == GpioLine.Direction.OUTPUT,
                            text(line.getConsumer())));
                }
            }
            return new Chip(open.getName(), text(open.getLabel()), lines);
        } finally {
            Native.close(Native.descriptor(open));
        }
    }

    private static String text(String maybe) {
        return maybe == null ? "" : maybe;
    }

    @Override
    public boolean present(String chip) {
        return Files.exists(DEV.resolve(chip));
    }

    @Override
    public Line input(Chip chip, int number, Wanted wanted, Listener listener) throws DriverException {
        int handleFlags = switch (wanted.pull()) {
            case NONE -> 0;
            case UP -> 1 << 5;
            case DOWN -> 1 << 6;
        };
        int eventFlags = switch (wanted.edge()) {
            case RISING -> 1;
            case FALLING -> 2;
            case BOTH -> 3;
        };
        int descriptor = taken(chip, number, open -> Native.input(open, number, handleFlags, eventFlags));
        EdgeLoop.Sink sink = (level, nanos) -> listener.edge(level, KernelTime.instant(nanos));
        if (!EDGES.add(descriptor, sink)) {
            Native.close(descriptor);
            throw new DriverException(Reason.CONNECTION, "line " + number + " of " + chip + " cannot be waited for");
        }
        return new HeldLine(chip, number, descriptor, EDGES);
    }

    @Override
    public Line output(Chip chip, int number, boolean level) throws DriverException {
        int descriptor = taken(chip, number, open -> Native.output(open, number, level ? 1 : 0));
        return new HeldLine(chip, number, descriptor, EDGES);
    }

    private interface Request {
        int of(int chip);
    }

    private static int taken(Chip chip, int number, Request request) throws DriverException {
        NativeLibrary.load();
        int open = FileNative.open(DEV.resolve(chip.name()).toString(), READ_WRITE_CLOSE_ON_EXEC);
        if (open < 0) {
            throw new DriverException(Reason.CONNECTION, chip + " cannot be opened");
        }
        try {
            int descriptor = request.of(open);
            if (descriptor < 0) {
                throw new DriverException(
                        Reason.CONNECTION,
                        "line " + number + " of " + chip
                                + (descriptor == BUSY
                                        ? " has just been taken by another program"
                                        : " cannot be taken, error " + -descriptor
                                                + ": can the chip do what is configured (edges; pull needs Linux 5.5)?"));
            }
            return descriptor;
        } finally {
            Native.close(open);
        }
    }
}
