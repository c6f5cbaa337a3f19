package io.fieldgate.security;

import io.fieldgate.api.gateway.ConfirmedKeys;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Fails with a configuration that {@link TlsCertificates} cannot follow, so that whoever has set it sees that and takes it back. The
 * files are not looked at here: they may be written later, or become valid when the clock is right.
 */
@Component(
        service = {},
        configurationPid = TlsCertificates.PID)
@ConfirmedKeys({"client.certificates", "client.ca"})
public final class TlsCheck {

    /**
     * Checks a configuration; there is nothing else to do.
     *
     * @param context the bundle's
     * @param config the configuration
     * @throws IllegalArgumentException if a value is bad; it names key and value
     */
    @Activate
    public TlsCheck(BundleContext context, TlsCertificates.Config config) {
        TlsSettings.of(config, TlsCertificates.home(context).resolve("etc"));
    }
}
