package io.fieldgate.api.data;

/** What clients may do with a point. More may follow: a switch over them needs a default. */
public enum Access {
    /** The point can be read only. */
    READ("r"),
    /** The point can be read and written. */
    READ_WRITE("rw"),
    /** The point can be written only; its last value is the one that was written. */
    WRITE("w");

    private final String id;

    Access(String id) {
        this.id = id;
    }

    /**
     * The name in protocols.
     *
     * @return {@code r}, {@code rw} or {@code w}
     */
    public String id() {
        return id;
    }

    /**
     * Tells whether the point can be read.
     *
     * @return true unless it can be written only
     */
    public boolean readable() {
        return this != WRITE;
    }

    /**
     * Tells whether the point can be written.
     *
     * @return true unless it can be read only
     */
    public boolean writable() {
        return this != READ;
    }
}
