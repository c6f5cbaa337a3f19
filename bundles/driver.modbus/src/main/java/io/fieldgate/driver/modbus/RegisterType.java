package io.fieldgate.driver.modbus;

/** How a value lies in registers. */
enum RegisterType {
    /** One bit. */
    BOOL(1),
    /** 16 bits with a sign. */
    INT16(1),
    /** 16 bits without a sign. */
    UINT16(1),
    /** 32 bits with a sign. */
    INT32(2),
    /** 32 bits without a sign. */
    UINT32(2),
    /** 64 bits with a sign. */
    INT64(4),
    /** 64 bits without a sign. */
    UINT64(4),
    /** IEEE 754, single. */
    FLOAT32(2),
    /** IEEE 754, double. */
    FLOAT64(4),
    /** Octets of text, two in a register. */
    STRING(0),
    /** Some bits of one register, a number without a sign. */
    BITS(1);

    private final int words;

    RegisterType(int words) {
        this.words = words;
    }

    /** How many registers it takes; 0 if that is configured. */
    int words() {
        return words;
    }

    boolean floating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    boolean whole() {
        return switch (this) {
            case INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
            default -> false;
        };
    }
}
