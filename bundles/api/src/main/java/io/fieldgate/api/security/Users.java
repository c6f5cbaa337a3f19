package io.fieldgate.api.security;

import io.fieldgate.api.data.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The users and tokens, for those who administer them. A service.
 *
 * <p>Each change is on the disk when the method returns, stands in the audit log, and ends what it takes back: sockets, streams
 * and logins of that user or token, and no others, within 2 s.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface Users {

    /** The shortest password, in characters. */
    int PASSWORD_MIN_CHARACTERS = 10;

    /** The longest password, in bytes of UTF-8: bcrypt looks at no more. */
    int PASSWORD_MAX_BYTES = 72;

    /**
     * Lists the users.
     *
     * @return a snapshot, by name
     */
    List<UserInfo> users();

    /**
     * Sets a user's password, and makes the user if there is none of that name. Takes a while.
     *
     * @param name the user: {@code [a-z0-9][a-z0-9._-]{0,31}}
     * @param password the password, {@value #PASSWORD_MIN_CHARACTERS} characters to {@value #PASSWORD_MAX_BYTES} bytes
     * @param role what the user may do; empty leaves it as it is, and makes a new user a viewer
     * @param by who does this, for the audit log
     * @throws IllegalArgumentException if name or password are not as they must be, or there are too many users; it says why
     */
    void setPassword(String name, String password, Optional<Role> role, String by);

    /**
     * Changes what a user may do.
     *
     * @param name the user
     * @param role the new role
     * @param by who does this, for the audit log
     * @throws IllegalArgumentException if there is no such user
     */
    void setRole(String name, Role role, String by);

    /**
     * Removes a user.
     *
     * @param name the user
     * @param by who does this, for the audit log
     * @throws IllegalArgumentException if there is no such user
     */
    void removeUser(String name, String by);

    /**
     * Lists the tokens.
     *
     * @return a snapshot, by name
     */
    List<TokenInfo> tokens();

    /**
     * Makes a token.
     *
     * @param name what it is called: {@code [a-z0-9][a-z0-9._-]{0,31}}
     * @param role what its bearer may do
     * @param expires when it ends; empty for never
     * @param by who does this, for the audit log
     * @return the token itself, which is kept nowhere and cannot be shown again
     * @throws IllegalArgumentException if the name is not as it must be or taken, the time is past, or there are too many
     */
    String createToken(String name, Role role, Optional<Instant> expires, String by);

    /**
     * Revokes a token.
     *
     * @param name what it is called
     * @param by who does this, for the audit log
     * @throws IllegalArgumentException if there is no such token
     */
    void revokeToken(String name, String by);
}
