package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import java.time.Instant;

/**
 * A token as it is kept.
 *
 * @param name what it is called
 * @param role what its bearer may do
 * @param digest SHA-256 of the token
 * @param created when it was made
 * @param end when it ends; {@code Instant.MAX} for never
 * @param stamp tells it from an earlier token of the same name
 */
record ApiToken(String name, Role role, String digest, Instant created, Instant end, String stamp) {

    /** What a token begins with, so that scanners for secrets recognise one. */
    static final String PREFIX = "fg_";

    User user() {
        return new User("token:" + name, role, new Grant(Grant.TOKEN, name, stamp).text());
    }

    /** Not the digest: it does not belong into logs. */
    @Override
    public String toString() {
        return name + ' ' + role.id();
    }
}
