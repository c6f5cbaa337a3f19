package io.fieldgate.api.data;

import java.util.Locale;

/** The kinds of value that a point can have. More may follow: a switch over them needs a default. */
public enum ValueType {
    /** True or false. */
    BOOLEAN,
    /** A signed whole number of 64 bits. */
    INTEGER,
    /** A binary floating-point number of 64 bits (IEEE 754); it may be NaN or infinite, and is then of BAD quality. */
    DECIMAL,
    /** Unicode text. */
    TEXT,
    /** Octets. */
    BYTES;

    /**
     * The name in protocols and configuration.
     *
     * @return the name in lower case, for example {@code decimal}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
