package io.fieldgate.driver.i2c;

import io.fieldgate.driver.i2c.BusException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bus of this machine, by {@code /dev/i2c-N}: the kernel's Documentation/i2c/dev-interface.rst. There is one descriptor for
 * each address, opened when the address is first used.
 *
 * <p>Whether an address is held by a driver of the kernel is asked of {@code /sys} and not learned from a failed call: the
 * library loses the number of that error.
 */
final class LinuxBus implements I2cDiscovery.Searched {

    private static final int QUICK = 0x0001_0000;

    private final BusPlace place;
    private final NativeCalls calls;
    private final Path sys;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Map<Integer, Integer> descriptors = new HashMap<>(); // guarded by lock
    private volatile boolean closed;

    private LinuxBus(BusPlace place, NativeCalls calls, Path sys) {
        this.place = place;
        this.calls = calls;
        this.sys = sys;
    }

    /**
     * Opens a bus.
     *
     * @throws BusException if it is not there or may not be used; the message says what to do
     */
    static LinuxBus open(BusPlace place, Path sys) throws BusException {
        Path device = place.device();
        if (!Files.exists(device)) {
            throw new BusException(Kind.NO_BUS, device + " is not there: is the module i2c-dev loaded?");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            throw new BusException(
                    Kind.NO_BUS,
                    device + " may not be used by " + System.getProperty("user.name")
                            + ": put that user into the group i2c, and start again");
        }
        try {
            return new LinuxBus(place, NativeCalls.loaded(), sys);
        } catch (IOException e) {
            throw new BusException(Kind.NO_BUS, e.getMessage());
        }
    }

    @Override
    public String name() {
        return place.name();
    }

    /** One call, given a descriptor; answers what the kernel does. */
    private interface Call {
        int with(int descriptor);
    }

    private int call(int address, Call call) throws BusException {
        lock.lock();
        try {
            if (closed) {
                throw new BusException(Kind.NO_BUS, name() + " has been closed");
            }
            int result = call.with(descriptor(address));
            if (result < 0) {
                BusException failure = Errors.of(result, address, name(), Files.exists(place.device()));
                if (failure.kind() == Kind.NO_BUS) {
                    closeAll();
                }
                throw failure;
            }
            return result;
        } finally {
            if (closed) {
                closeAll();
            }
            lock.unlock();
        }
    }

    private int descriptor(int address) throws BusException {
        Integer known = descriptors.get(address);
        if (known != null) {
            return known;
        }
        Optional<String> holder = holder(address);
        if (holder.isPresent()) {
            throw new BusException(
                    Kind.BUSY,
                    String.format(
                            Locale.ROOT,
                            "0x%02x on %s is busy: the kernel's driver %s holds it, and shows it in /sys",
                            address,
                            name(),
                            holder.get()));
        }
        int descriptor = calls.open(place.device().toString(), address);
        if (descriptor < 0) {
            throw new BusException(
                    Kind.NO_BUS,
                    String.format(
                            Locale.ROOT, "%s cannot be opened for 0x%02x: gone, or busy?", place.device(), address));
        }
        descriptors.put(address, descriptor);
        return descriptor;
    }

    @Override
    public Optional<String> holder(int address) {
        Path driver =
                sys.resolve(String.format(Locale.ROOT, "bus/i2c/devices/%d-%04x/driver", place.number(), address));
        try {
            return Files.exists(driver)
                    ? Optional.of(String.valueOf(driver.toRealPath().getFileName()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("?");
        }
    }

    @Override
    public boolean canQuick(int address) throws BusException {
        return call(address, descriptor -> Math.max(0, calls.functions(descriptor) & QUICK)) != 0;
    }

    @Override
    public void quick(int address) throws BusException {
        call(address, calls::quick);
    }

    @Override
    public int read(int address) throws BusException {
        return call(address, calls::read);
    }

    @Override
    public void write(int address, int octet) throws BusException {
        call(address, descriptor -> calls.write(descriptor, octet));
    }

    @Override
    public int readRegister(int address, int register) throws BusException {
        return call(address, descriptor -> calls.readRegister(descriptor, register));
    }

    @Override
    public void writeRegister(int address, int register, int octet) throws BusException {
        call(address, descriptor -> calls.writeRegister(descriptor, register, octet));
    }

    @Override
    public int readWord(int address, int register) throws BusException {
        return call(address, descriptor -> calls.readWord(descriptor, register));
    }

    @Override
    public void writeWord(int address, int register, int word) throws BusException {
        call(address, descriptor -> calls.writeWord(descriptor, register, word));
    }

    @Override
    public byte[] readBlock(int address, int register, int length) throws BusException {
        byte[] octets = new byte[length];
        int read = call(address, descriptor -> calls.readBlock(descriptor, register, octets));
        if (read != length) {
            throw new BusException(
                    Kind.FAILURE,
                    String.format(
                            Locale.ROOT, "%d of %d octets came from 0x%02x on %s", read, length, address, name()));
        }
        return octets;
    }

    @Override
    public void writeBlock(int address, int register, byte[] octets) throws BusException {
        call(address, descriptor -> calls.writeBlock(descriptor, register, octets));
    }

    @Override
    public byte[] transfer(int address, byte[] out, int length) throws BusException {
        byte[] buffer = Arrays.copyOf(out, out.length + length);
        call(address, descriptor -> calls.transfer(descriptor, address, out.length, buffer));
        return Arrays.copyOfRange(buffer, out.length, buffer.length);
    }

    /** A descriptor is not closed under a call that uses it: its number might already be another file's. */
    @Override
    public void close() {
        closed = true;
        if (lock.tryLock()) {
            try {
                closeAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void closeAll() {
        descriptors.values().forEach(calls::close);
        descriptors.clear();
    }
}
