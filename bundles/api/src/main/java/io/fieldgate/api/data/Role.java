package io.fieldgate.api.data;

import java.util.Locale;

/** What a user may do; each role includes the ones before it. More may follow: a switch over them needs a default. */
public enum Role {
    /** May read: pages, points, streams. */
    VIEWER,
    /** May also write points. */
    OPERATOR,
    /** May also replace bundles and change the configuration. */
    ADMIN;

    private final String id = name().toLowerCase(Locale.ROOT);

    /**
     * The name in protocols and configuration.
     *
     * @return the name in lower case
     */
    public String id() {
        return id;
    }

    /**
     * Finds a role by its name.
     *
     * @param id {@code viewer}, {@code operator} or {@code admin}
     * @return the role
     * @throws IllegalArgumentException if there is no such role
     */
    public static Role of(String id) {
        for (Role role : values()) {
            if (role.id().equals(id)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a role is viewer, operator or admin, got \"" + id + '"');
    }

    /**
     * Tells whether this role is enough.
     *
     * @param needed the role that is asked for
     * @return true if this role is or includes the other
     */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
