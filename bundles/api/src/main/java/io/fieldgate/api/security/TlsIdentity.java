package io.fieldgate.api.security;

import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the gateway proves with TLS that it is, and by whom it lets clients be vouched for. A service; when a certificate is
 * renewed the property {@link #FINGERPRINT} changes and the methods answer anew, while connections that are open go on.
 *
 * <p>A certificate that the gateway makes itself is made when one is asked for first, be it by its context, its fingerprint or its end.
 * That takes seconds, and until then there is no property {@link #FINGERPRINT}; whoever only wants to show it looks there.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface TlsIdentity {

    /** Service property: the SHA-256 fingerprint of the certificate, a {@code String} of hexadecimal pairs with colons. */
    String FINGERPRINT = "fieldgate.tls.fingerprint";

    /** Whether a client shows a certificate. More may follow: a switch over them needs a default. */
    enum ClientCertificate {
        /** It is not asked for. */
        NONE,
        /** It may. */
        WANTED,
        /** Without one there is no connection. */
        NEEDED
    }

    /**
     * What new connections are made with. Versions and cipher suites are for whoever opens the port to choose.
     *
     * @return the context of the certificate that is in force
     * @throws IllegalStateException if there is none and none can be made; its message is one line that says why
     */
    SSLContext context();

    /**
     * Whether clients are asked for a certificate.
     *
     * @return what the configuration says
     */
    ClientCertificate clientCertificate();

    /**
     * The fingerprint of the certificate, for people to compare.
     *
     * @return SHA-256 in hexadecimal pairs with colons
     * @throws IllegalStateException as {@link #context()}
     */
    String fingerprint();

    /**
     * When the certificate ends.
     *
     * @return the time that it says
     * @throws IllegalStateException as {@link #context()}
     */
    Instant expires();

    /**
     * Tells whether the gateway made the certificate itself.
     *
     * @return true if no authority vouches for it
     */
    boolean selfSigned();

    /**
     * Looks now whether the certificate's files have changed, rather than within the next seconds.
     *
     * @return one line that says why what the files hold is not in force, or empty if it is
     */
    Optional<String> reload();
}
