package io.fieldgate.api.security;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit log: who did what, one line each, only ever appended to. A service; whoever changes something on behalf of a user
 * says so here, if it is there.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Returns when the line is handed to the operating system.
 */
@ProviderType
public interface Audit {

    /** What became of it. More may follow: a switch over them needs a default. */
    enum Outcome {
        /** It was done. */
        DONE,
        /** The user may not, or was not known. */
        REFUSED,
        /** It was tried and failed. */
        FAILED
    }

    /**
     * Writes a line. It has no secret and no payload: a caller gives names, not values.
     *
     * @param who the user's name, {@code shell} for the local shell, or {@code gateway}
     * @param from where the user is: an IP address, or empty
     * @param action what was to be done, such as {@code login}, {@code write} or {@code token create}
     * @param subject with what: a point, a user, a bundle; at most 200 characters of it are kept
     * @param outcome what became of it
     */
    void record(String who, String from, String action, String subject, Outcome outcome);
}
