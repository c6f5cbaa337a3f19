package io.fieldgate.api.gateway;

/** An update was refused before anything was touched. The message is one line for a person and says what to change. */
public final class UpdateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why an update is refused. More may follow: a switch over them needs a default. */
    public enum Reason {
        /** What was given is not a whole jar, or not a bundle that can be replaced alone. */
        UNUSABLE,
        /** It is not signed, its signature does not hold, or nobody trusts who signed it. */
        SIGNATURE,
        /** Its version is lower than the one that runs. */
        DOWNGRADE,
        /** Something that it needs is missing. */
        UNRESOLVED,
        /** Bundles besides those of the update would restart. */
        REFRESH,
        /** What runs comes from {@code deploy/}, where a file would have to change first. */
        DEPLOYED,
        /** There is no version before, or nothing of that name. */
        UNKNOWN,
        /** Too much is under way, or the gateway is about to stop. */
        BUSY
    }

    /**
     * Makes a refusal.
     *
     * @param reason why, for programs
     * @param message why, for a person, in one line
     */
    public UpdateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Makes a refusal with what has led to it.
     *
     * @param reason why, for programs
     * @param message why, for a person, in one line
     * @param cause what has led to it
     */
    public UpdateException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why, for programs.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
