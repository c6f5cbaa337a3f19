package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A user as it is kept.
 *
 * @param name the name
 * @param role what the user may do
 * @param hash the password's hash, with its own salt and cost
 * @param passwordSet when the password was set
 * @param stamp new with each change that takes something back, so that what was let in before is told from what comes after
 */
record Account(String name, Role role, String hash, Instant passwordSet, String stamp) {

    /** What names of users and tokens look like. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name is 1 to 32 of a-z, 0-9, '.', '_' and '-', and begins with a letter" + " or a digit");
        }
        return name;
    }

    Account withRole(Role newRole) {
        return new Account(name, newRole, hash, passwordSet, Secrets.id());
    }

    /** The same password, hashed anew. */
    Account withHash(String newHash) {
        return new Account(name, role, newHash, passwordSet, stamp);
    }

    /** Not the hash: it does not belong into logs. */
    @Override
    public String toString() {
        return name + ' ' + role.id();
    }
}
