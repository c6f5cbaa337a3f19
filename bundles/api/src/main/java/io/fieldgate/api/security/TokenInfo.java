package io.fieldgate.api.security;

import io.fieldgate.api.data.Role;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A token at one moment, without the token itself. */
@ProviderType
public interface TokenInfo {

    /**
     * What it is called.
     *
     * @return the name
     */
    String name();

    /**
     * What its bearer may do.
     *
     * @return the role
     */
    Role role();

    /**
     * When it was made.
     *
     * @return the time by the gateway's clock
     */
    Instant created();

    /**
     * When it ends.
     *
     * @return the time by the gateway's clock, or empty for never
     */
    Optional<Instant> expires();

    /**
     * When it was last presented since the gateway started.
     *
     * @return the time by the gateway's clock, or empty if it was not
     */
    Optional<Instant> lastUsed();
}
