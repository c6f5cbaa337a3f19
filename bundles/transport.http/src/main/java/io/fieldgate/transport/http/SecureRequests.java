package io.fieldgate.transport.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;

/**
 * Lets a request that came by TLS know that, and its answer tell browsers to use nothing else for this name (RFC 6797).
 *
 * <p>Which name the client asked for in the handshake is not looked at: an address is none, and there is one certificate.
 */
final class SecureRequests implements HttpConfiguration.Customizer {

    private final SecureRequestCustomizer jetty = new SecureRequestCustomizer(false, false, -1, false);

    private volatile Optional<HttpField> strict = Optional.empty();

    /** @param seconds how long browsers are to remember; 0 to say nothing of it */
    void remember(int seconds) {
        strict = seconds == 0
                ? Optional.empty()
                : Optional.of(new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=" + seconds));
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        Request customized = jetty.customize(request, answer);
        if (customized != request) {
            strict.ifPresent(answer::add);
        }
        return customized;
    }
}
