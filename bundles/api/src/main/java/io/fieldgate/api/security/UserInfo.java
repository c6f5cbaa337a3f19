package io.fieldgate.api.security;

import io.fieldgate.api.data.Role;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A user at one moment. */
@ProviderType
public interface UserInfo {

    /**
     * The user's name.
     *
     * @return the name
     */
    String name();

    /**
     * What the user may do.
     *
     * @return the role
     */
    Role role();

    /**
     * When the password was set.
     *
     * @return the time by the gateway's clock
     */
    Instant passwordSet();

    /**
     * How often the user is logged in by a browser now.
     *
     * @return the number of logins
     */
    int logins();

    /**
     * Until when passwords for this user are not looked at, from any address, because too many were wrong.
     *
     * @return the time by the gateway's clock, or empty if they are
     */
    Optional<Instant> lockedUntil();
}
