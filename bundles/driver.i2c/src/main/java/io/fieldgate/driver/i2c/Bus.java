package io.fieldgate.driver.i2c;

/**
 * One I2C bus, of which this is the controller. The calls are those of SMBus 2.0, section 5.5, and one plain transfer.
 *
 * <p><b>Threading.</b> Safe for use by many threads; calls come one after another. Each returns when the bus has answered or
 * the kernel has given it up, mostly within 1 s.
 */
interface Bus extends AutoCloseable {

    /** How many octets a block can have (SMBus 2.0, 5.5.7). */
    int BLOCK = 32;

    /** The name that messages have, such as {@code i2c-1}. */
    String name();

    /** Asks whether anybody is there: the address with the bit for writing, and nothing else. */
    void quick(int address) throws BusException;

    /** Reads one octet, without saying from where. */
    int read(int address) throws BusException;

    /** Writes one octet, without saying where to. */
    void write(int address, int octet) throws BusException;

    /** Reads a register of 8 bits. */
    int readRegister(int address, int register) throws BusException;

    /** Writes a register of 8 bits. */
    void writeRegister(int address, int register, int octet) throws BusException;

    /** Reads a register of 16 bits, of which the lower octet comes first. */
    int readWord(int address, int register) throws BusException;

    /** Writes a register of 16 bits, of which the lower octet goes first. */
    void writeWord(int address, int register, int word) throws BusException;

    /** Reads up to {@link #BLOCK} octets, from a register on. */
    byte[] readBlock(int address, int register, int length) throws BusException;

    /** Writes up to {@link #BLOCK} octets, from a register on. */
    void writeBlock(int address, int register, byte[] octets) throws BusException;

    /**
     * Writes, then reads with no stop between them, by a plain I2C transfer, which not every bus can do.
     *
     * @param out what is written, at least one octet
     * @param length how many octets are read; 0 for none
     * @return what was read
     */
    byte[] transfer(int address, byte[] out, int length) throws BusException;

    /** Lets go of the bus, at once or when the call in flight has returned. Later calls fail. */
    @Override
    void close();
}
