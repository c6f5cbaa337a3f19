package io.fieldgate.api.driver;

import java.util.Objects;

/** A driver could not do what it was asked. {@link #reason()} says whether a retry makes sense. */
public final class DriverException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why the call failed. More reasons may follow: a switch over them needs a default. */
    public enum Reason {
        /** The bus or the device cannot be reached; a retry may succeed. */
        CONNECTION,
        /** The device did not answer in time; a retry may succeed. */
        TIMEOUT,
        /** The device answered with a failure; the message says which. */
        DEVICE,
        /** The driver has no point of that name; a retry fails again. */
        NO_SUCH_POINT,
        /** The point cannot be written; a retry fails again. */
        READ_ONLY,
        /** The device does not take this value; another value may succeed. */
        OUT_OF_RANGE,
        /** The driver or the device is configured wrongly; a person must act. */
        CONFIGURATION
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason why the call failed
     * @param message what was asked of which device, for people
     */
    public DriverException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Creates the exception with what caused it.
     *
     * @param reason why the call failed
     * @param message what was asked of which device, for people
     * @param cause what happened below
     */
    public DriverException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Says why the call failed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
