package io.fieldgate.driver.i2c;

import java.io.Closeable;
import java.io.IOException;

/** An I2C bus, spoken to by the transfers of SMBus, which every adapter of Linux can do. Used by one thread at a time. */
interface Bus {

    /** What it is called, such as {@code i2c-1}. */
    String name();

    /**
     * Opens an address; nothing is sent yet.
     *
     * @param address 0x08 to 0x77
     * @throws IOException if the bus is not there, may not be opened, or a driver of the kernel has the address
     */
    Target open(int address) throws IOException;

    /** What is at an address. Each transfer fails with an {@link IOException} that says how the part did not answer. */
    interface Target extends Closeable {

        /** A byte without a register. */
        int read() throws IOException;

        void write(int value) throws IOException;

        int readByte(int register) throws IOException;

        void writeByte(int register, int value) throws IOException;

        /** Two bytes of a register, the first of them the lower. */
        int readWord(int register) throws IOException;

        void writeWord(int register, int value) throws IOException;

        /** Bytes from a register on, 1 to 32. */
        byte[] readBlock(int register, int length) throws IOException;

        void writeBlock(int register, byte[] data) throws IOException;

        /** Two bytes of a register, the first of them the higher, as most parts have it. */
        default int readBig(int register) throws IOException {
            return swapped(readWord(register));
        }

        default void writeBig(int register, int value) throws IOException {
            writeWord(register, swapped(value));
        }

        private static int swapped(int word) {
            return ((word & 0xff) << 8) | ((word >> 8) & 0xff);
        }

        @Override
        void close();
    }
}
