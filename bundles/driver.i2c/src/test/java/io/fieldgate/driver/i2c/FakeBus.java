package io.fieldgate.driver.i2c;

import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A bus with parts that are not there. */
final class FakeBus implements I2cDiscovery.Searched {

    private static final int EREMOTEIO = 121;

    final Map<Integer, FakePart> parts = new ConcurrentHashMap<>();
    /** Errors of the kernel that an address answers with. */
    final Map<Integer, Integer> errors = new ConcurrentHashMap<>();

    final Map<Integer, String> holders = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Runnable eachCall = () -> {};
    volatile CountDownLatch hang;
    volatile CountDownLatch hangs = new CountDownLatch(1);
    volatile boolean closed;

    FakeBus with(int address, FakePart part) {
        parts.put(address, part);
        return this;
    }

    private FakePart part(int address) throws BusException {
        eachCall.run();
        CountDownLatch until = hang;
        if (until != null) {
            hangs.countDown();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (closed) {
            throw new BusException(Kind.NO_BUS, "closed");
        }
        if (errors.containsKey(address) || !parts.containsKey(address)) {
            throw Errors.of(-errors.getOrDefault(address, EREMOTEIO), address, name(), false);
        }
        return parts.get(address);
    }

    @Override
    public String name() {
        return "i2c-7";
    }

    @Override
    public Optional<String> holder(int address) {
        return Optional.ofNullable(holders.get(address));
    }

    @Override
    public boolean canQuick(int address) {
        return true;
    }

    @Override
    public void quick(int address) throws BusException {
        asked.add("quick " + address);
        part(address);
    }

    @Override
    public int read(int address) throws BusException {
        asked.add("read " + address);
        return part(address).octet(0);
    }

    @Override
    public void write(int address, int octet) throws BusException {
        part(address).octet(0, octet);
    }

    @Override
    public int readRegister(int address, int register) throws BusException {
        asked.add("register " + address);
        return part(address).octet(register);
    }

    @Override
    public void writeRegister(int address, int register, int octet) throws BusException {
        part(address).octet(register, octet);
    }

    @Override
    public int readWord(int address, int register) throws BusException {
        asked.add("register " + address);
        return part(address).word(register);
    }

    @Override
    public void writeWord(int address, int register, int word) throws BusException {
        part(address).word(register, word);
    }

    @Override
    public byte[] readBlock(int address, int register, int length) throws BusException {
        FakePart part = part(address);
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) part.octet(register + i);
        }
        return octets;
    }

    @Override
    public void writeBlock(int address, int register, byte[] octets) throws BusException {
        FakePart part = part(address);
        for (int i = 0; i < octets.length; i++) {
            part.octet(register + i, octets[i]);
        }
    }

    @Override
    public byte[] transfer(int address, byte[] out, int length) throws BusException {
        FakePart part = part(address);
        int register = ((out[0] & 0xff) << 8) | (out[1] & 0xff);
        for (int i = 2; i < out.length; i++) {
            part.octet(register + i - 2, out[i]);
        }
        return length == 0 ? new byte[0] : readBlock(address, register, length);
    }

    @Override
    public void close() {
        closed = true;
    }
}
