package io.fieldgate.api.gateway;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A bundle that the gateway has taken in for an update, whole and safely on its disk. Nothing of it runs yet.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface StagedBundle extends AutoCloseable {

    /**
     * Its name.
     *
     * @return the symbolic name
     */
    String symbolicName();

    /**
     * Its version.
     *
     * @return the version, for example {@code 1.2.0}
     */
    String version();

    /**
     * The hash of the jar.
     *
     * @return the SHA-256 in hexadecimal, lower case
     */
    String sha256();

    /**
     * Who signed it, as far as is known: the signature is checked by {@link Installer#update}.
     *
     * @return the subject of the certificate (RFC 2253), or empty if the jar is not signed
     */
    Optional<String> signer();

    /** Gives the copy up, unless an update uses it. To be called in any case; a second call does nothing. */
    @Override
    void close();
}
