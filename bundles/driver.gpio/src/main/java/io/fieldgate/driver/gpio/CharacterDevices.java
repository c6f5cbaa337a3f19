package io.fieldgate.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chips in {@code /dev}, by the kernel's GPIO character device (Documentation/userspace-api/gpio/chardev_v1.rst). */
final class CharacterDevices implements Chips {

    private static final Path DEV = Path.of("/dev");

    private static final int REQUEST_INPUT = 1;
    private static final int REQUEST_ACTIVE_LOW = 1 << 2;
    private static final int BIAS_UP = 1 << 5;
    private static final int BIAS_DOWN = 1 << 6;
    private static final int BIAS_OFF = 1 << 7;
    private static final int BOTH_EDGES = 3;

    private static final int EBUSY = 16;
    private static final int EINVAL = 22;

    /** One for all drivers of this bundle. */
    private static final EdgeLoop EDGES = new EdgeLoop();

    @Override
    public List<Name> names() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DEV, "gpiochip*")) {
            found.forEach(files::add);
        }
        if (files.isEmpty()) {
            return List.of();
        }
        for (Path file : files) {
            checkAccess(file);
        }
        List<?> chips = NativeCalls.chips();
        return chips == null
                ? List.of()
                : chips.stream()
                        .map(NativeCalls::name)
                        .sorted((a, b) -> Integer.compare(number(a), number(b)))
                        .toList();
    }

    private static int number(Name chip) {
        return Integer.parseInt(chip.name().replaceAll("\\D", ""));
    }

    private static void checkAccess(Path file) throws IOException {
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file + " is not there");
            }
            throw new IOException("the gateway's user may not open " + file
                    + ": add the user to the group that owns it, often gpio, and start the gateway again");
        }
    }

    @Override
    public Chip open(String name) throws IOException {
        Path file = DEV.resolve(name);
        checkAccess(file);
        GpioChip chip = NativeCalls.open(file.toString());
        if (chip == null) {
            throw new IOException(file + " cannot be opened as a GPIO chip");
        }
        return new Device(new Name(chip.getName(), chip.getLabel()), NativeCalls.descriptor(chip), infos(chip));
    }

    private static List<LineInfo> infos(GpioChip chip) {
        List<LineInfo> lines = new ArrayList<>();
        for (GpioLine line : chip.getLines()) {
            if (line != null) {
                String holder = line.getConsumer() == null ? "" : line.getConsumer();
                // A line that the kernel itself has need not have a name for its holder.
                holder = holder.isEmpty() && line.isReserved() ? "the kernel" : holder;
                boolean output = line.getDirection() == GpioLine.Direction.OUTPUT;
                lines.add(new LineInfo(line.getOffset(), line.getName() == null ? "" : line.getName(), holder, output));
            }
        }
        return List.copyOf(lines);
    }

    /** A chip that is open. */
    private record Device(Name name, int descriptor, List<LineInfo> atOpening) implements Chip {

        @Override
        public List<LineInfo> lines() throws IOException {
            Path file = DEV.resolve(name.name());
            GpioChip again = NativeCalls.open(file.toString());
            if (again == null) {
                throw new IOException(file + " has gone");
            }
            NativeCalls.close(NativeCalls.descriptor(again));
            return infos(again);
        }

        @Override
        public Line input(int number, boolean activeLow, Pull pull, Edges edges) throws IOException {
            int flags = REQUEST_INPUT | (activeLow ? REQUEST_ACTIVE_LOW : 0) | bias(pull);
            int line = taken(number, NativeCalls.input(descriptor, number, flags, BOTH_EDGES), pull);
            try {
                EDGES.add(line, edges);
            } catch (IOException e) {
                NativeCalls.close(line);
                throw e;
            }
            return new Handle(line, true);
        }

        private static int bias(Pull pull) {
            return switch (pull) {
                case AS_IS -> 0;
                case NONE -> BIAS_OFF;
                case UP -> BIAS_UP;
                case DOWN -> BIAS_DOWN;
            };
        }

        @Override
        public Line output(int number, boolean high) throws IOException {
            return new Handle(taken(number, NativeCalls.output(descriptor, number, high ? 1 : 0), Pull.AS_IS), false);
        }

        private int taken(int number, int answer, Pull pull) throws IOException {
            if (answer >= 0) {
                return answer;
            }
            LineInfo line = lines().stream()
                    .filter(info -> info.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new IOException(name + " has no line " + number));
            String what = line + " of " + name;
            throw new IOException(
                    switch (-answer) {
                        case EBUSY ->
                            what + " is held by "
                                    + (line.holder().isEmpty()
                                            ? "somebody who says no name"
                                            : '"' + line.holder() + '"');
                        case EINVAL ->
                            what + " cannot be taken as it is configured"
                                    + (pull == Pull.AS_IS
                                            ? ""
                                            : ": a pull needs Linux 5.5 or later and a chip that has one; leave pull out");
                        default -> what + " cannot be taken: error " + -answer;
                    });
        }

        @Override
        public void close() {
            NativeCalls.close(descriptor);
        }
    }

    /** A line that is held. */
    private record Handle(int descriptor, boolean watched) implements Line {

        @Override
        public boolean get() throws IOException {
            return checked(NativeCalls.get(descriptor)) != 0;
        }

        @Override
        public void set(boolean high) throws IOException {
            checked(NativeCalls.set(descriptor, high ? 1 : 0));
        }

        private static int checked(int answer) throws IOException {
            if (answer < 0) {
                throw new IOException("the chip has gone, or takes no more orders: error " + -answer);
            }
            return answer;
        }

        @Override
        public void close() {
            if (watched) {
                EDGES.remove(descriptor);
            }
            NativeCalls.close(descriptor);
        }
    }
}
