package io.fieldgate.api.gateway;

import java.util.Locale;
import java.util.Objects;

/** A point could not be read or written. {@link #reason()} says whether a retry makes sense. */
public final class PointException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why it failed. More reasons may follow: a switch over them needs a default. */
    public enum Reason {
        /** No device has such a point now. */
        UNKNOWN_POINT,
        /** The point cannot be written. */
        READ_ONLY,
        /** The point cannot be read. */
        WRITE_ONLY,
        /** The value is not of the type that the point declares. */
        WRONG_TYPE,
        /** The value lies outside the range of the point, is not one of those that may be written, or the device does not take it. */
        OUT_OF_RANGE,
        /** The writer's role does not include the one that the point asks for. */
        FORBIDDEN,
        /** The write is to be held, but there is no safe value: neither the point has one nor the write. */
        NO_SAFE_VALUE,
        /** Too much waits for the driver already; a retry may succeed. */
        BUSY,
        /** The device did not answer in time; whether it took the value is not known. */
        TIMEOUT,
        /** The device has taken the value, but read back the point says something else. */
        NOT_CONFIRMED,
        /** The device cannot be reached. */
        DISCONNECTED,
        /** The device or its driver failed; the message says how. */
        FAILED;

        /**
         * The name in protocols.
         *
         * @return the name in lower case with hyphens, for example {@code read-only}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason why it failed
     * @param message what was asked, and what is allowed
     */
    public PointException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Says why it failed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
