package io.fieldgate.driver.modbus;

/** The four tables of the Modbus data model (Modbus Application Protocol 1.1b3, 4.3). */
enum Table {
    /** Bits that can be written. */
    COIL(1, true),
    /** Bits that can be read only. */
    DISCRETE(2, true),
    /** Registers that can be written. */
    HOLDING(3, false),
    /** Registers that can be read only. */
    INPUT(4, false);

    private final int readFunction;
    private final boolean bits;

    Table(int readFunction, boolean bits) {
        this.readFunction = readFunction;
        this.bits = bits;
    }

    int readFunction() {
        return readFunction;
    }

    boolean bits() {
        return bits;
    }

    boolean writable() {
        return this == COIL || this == HOLDING;
    }
}
