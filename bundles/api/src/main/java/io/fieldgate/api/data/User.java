package io.fieldgate.api.data;

import java.util.Objects;

/**
 * Who makes a request, and what that user may do.
 *
 * @param name the name for the log; {@code anonymous} for a request without credentials
 * @param role what the user may do
 * @param grant what let the user in, such as {@code login:7f3a}, {@code password:anna} or {@code token:ci}; it is no secret,
 *     and empty if there were no credentials. When it is taken back, what it let in ends
 */
public record User(String name, Role role, String grant) {

    /** The name of a user who gave no credentials. */
    public static final String ANONYMOUS = "anonymous";

    /**
     * Request attribute: who makes an HTTP request, a {@code User}. Whoever opens the port sets it before any transport or
     * servlet sees the request; a request without it has not been let in.
     */
    public static final String ATTRIBUTE = "io.fieldgate.user";

    /** Refuses null. */
    public User {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(grant, "grant");
    }

    /**
     * Makes a user who needed no credentials.
     *
     * @param name the name for the log
     * @param role what the user may do
     */
    public User(String name, Role role) {
        this(name, role, "");
    }

    /**
     * Tells whether the user gave no credentials.
     *
     * @return true for a user without a name of their own
     */
    public boolean isAnonymous() {
        return name.equals(ANONYMOUS);
    }
}
