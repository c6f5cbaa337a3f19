package io.fieldgate.driver.i2c;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** A bus of this machine, by {@code /dev/i2c-N} (Documentation/i2c/dev-interface.rst). */
final class LinuxBus implements Bus {

    private static final int EIO = 5;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EBUSY = 16;
    private static final int ETIMEDOUT = 110;
    private static final int EREMOTEIO = 121;
    private static final int TRIES = 3;

    private final int number;

    LinuxBus(int number) {
        this.number = number;
    }

    @Override
    public String name() {
        return "i2c-" + number;
    }

    private Path file() {
        return Path.of("/dev", name());
    }

    @Override
    public Target open(int address) throws IOException {
        Path file = file();
        if (Files.notExists(file)) {
            throw new IOException("there is no " + file + ": load the kernel's module i2c-dev, and switch the bus on");
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new IOException("the gateway's user may not open " + file
                    + ": add the user to the group that owns it, often i2c, and start the gateway again");
        }
        holder(number, address).ifHeld(what -> {
            throw new IOException(String.format(
                    "0x%02x on %s is held by the kernel's driver \"%s\": what it reads is among the points of driver.linux",
                    address, name(), what));
        });
        int descriptor = NativeCalls.open(file.toString(), address);
        if (descriptor < 0) {
            throw failure(address, descriptor);
        }
        return new Address(this, address, descriptor);
    }

    /** Who in the kernel has an address. */
    static Holder holder(int bus, int address) throws IOException {
        Path driver = Path.of(String.format("/sys/bus/i2c/devices/%d-%04x/driver", bus, address));
        return new Holder(
                Files.exists(driver) ? driver.toRealPath().getFileName().toString() : "");
    }

    /** A driver in the kernel, or nobody. */
    record Holder(String name) {

        /** What to do about it. */
        interface Step {

            void take(String name) throws IOException;
        }

        void ifHeld(Step step) throws IOException {
            if (!name.isEmpty()) {
                step.take(name);
            }
        }
    }

    private IOException failure(int address, int answer) {
        String where = String.format("0x%02x on %s", address, name());
        if (answer == -ENXIO || answer == -EREMOTEIO || answer == -EIO) {
            return new SilentException("no answer at " + where);
        }
        return new IOException(
                switch (-answer) {
                    case EBUSY -> where + " is held by the kernel";
                    case ETIMEDOUT, EAGAIN ->
                        where + " is not reached in time: the bus is stuck, or another master has it";
                    default -> where + " fails with error " + -answer;
                });
    }

    /** What can be asked whether anybody is there. */
    interface Probing {

        /** Writes to the address, but no byte. */
        void probe() throws IOException;
    }

    /** Nobody has answered. */
    static final class SilentException extends IOException {

        private static final long serialVersionUID = 1L;

        SilentException(String message) {
            super(message);
        }
    }

    private record Address(LinuxBus bus, int address, int descriptor) implements Target, Probing {

        @Override
        public void probe() throws IOException {
            checked(() -> NativeCalls.quick(descriptor));
        }

        /** A bus that is busy for a moment is asked again, as is usual. */
        private int checked(IntSupplier call) throws IOException {
            int answer = call.getAsInt();
            for (int i = 1; i < TRIES && (answer == -EAGAIN || answer == -ETIMEDOUT); i++) {
                answer = call.getAsInt();
            }
            if (answer < 0) {
                throw bus.failure(address, answer);
            }
            return answer;
        }

        @Override
        public int read() throws IOException {
            return checked(() -> NativeCalls.read(descriptor)) & 0xff;
        }

        @Override
        public void write(int value) throws IOException {
            checked(() -> NativeCalls.write(descriptor, value));
        }

        @Override
        public int readByte(int register) throws IOException {
            return checked(() -> NativeCalls.readByte(descriptor, register)) & 0xff;
        }

        @Override
        public void writeByte(int register, int value) throws IOException {
            checked(() -> NativeCalls.writeByte(descriptor, register, value));
        }

        @Override
        public int readWord(int register) throws IOException {
            return checked(() -> NativeCalls.readWord(descriptor, register)) & 0xffff;
        }

        @Override
        public void writeWord(int register, int value) throws IOException {
            checked(() -> NativeCalls.writeWord(descriptor, register, value));
        }

        @Override
        public byte[] readBlock(int register, int length) throws IOException {
            byte[] data = new byte[length];
            int got = checked(() -> NativeCalls.readBlock(descriptor, register, data));
            if (got != length) {
                throw new IOException(
                        String.format("0x%02x on %s sent %d bytes of %d", address, bus.name(), got, length));
            }
            return data;
        }

        @Override
        public void writeBlock(int register, byte[] data) throws IOException {
            byte[] copy = Arrays.copyOf(data, data.length);
            checked(() -> NativeCalls.writeBlock(descriptor, register, copy));
        }

        @Override
        public void close() {
            NativeCalls.close(descriptor);
        }
    }
}
