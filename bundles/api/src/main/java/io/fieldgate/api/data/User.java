package io.fieldgate.api.data;

import java.util.Objects;

/**
 * Who makes a request, and what that user may do.
 *
 * @param name the name for the log; {@code anonymous} for a request without credentials
 * @param role what the user may do
 */
public record User(String name, Role role) {

    /** The name of a user who gave no credentials. */
    public static final String ANONYMOUS = "anonymous";

    /** Refuses null. */
    public User {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }
}
