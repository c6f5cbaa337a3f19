package io.fieldgate.driver.i2c;

import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.Locale;

/**
 * A part at its address on a bus.
 *
 * @param bus the bus
 * @param address 7 bits
 */
record Target(Bus bus, int address) {

    int read() throws BusException {
        return bus.read(address);
    }

    void write(int octet) throws BusException {
        bus.write(address, octet);
    }

    int readRegister(int register) throws BusException {
        return bus.readRegister(address, register);
    }

    /** Writes a register and looks whether it has kept what was written. */
    void writeChecked(int register, int octet) throws BusException {
        bus.writeRegister(address, register, octet);
        int kept = bus.readRegister(address, register);
        if (kept != octet) {
            throw failure(String.format(
                    Locale.ROOT, "register 0x%02x was set to 0x%02x and says 0x%02x", register, octet, kept));
        }
    }

    void writeRegister(int register, int octet) throws BusException {
        bus.writeRegister(address, register, octet);
    }

    /** Reads a register of which the higher octet comes first, against SMBus. */
    int readBigWord(int register) throws BusException {
        return swapped(bus.readWord(address, register));
    }

    void writeBigWord(int register, int word) throws BusException {
        bus.writeWord(address, register, swapped(word));
    }

    byte[] readBlock(int register, int length) throws BusException {
        return bus.readBlock(address, register, length);
    }

    private static int swapped(int word) {
        return ((word & 0xff) << 8) | ((word >> 8) & 0xff);
    }

    BusException failure(String what) {
        return failure(Kind.FAILURE, what);
    }

    BusException failure(Kind kind, String what) {
        return new BusException(kind, what + ", at " + this);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "0x%02x on %s", address, bus.name());
    }
}
