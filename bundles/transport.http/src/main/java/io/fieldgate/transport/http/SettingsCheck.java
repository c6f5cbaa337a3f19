package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.ConfirmedKeys;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Fails with a configuration that {@link HttpTransport} cannot follow, so that whoever has set it sees that and takes it back.
 * The transport itself must not fail while it runs, for its port would close: it keeps the last good configuration.
 */
@Component(
        service = {},
        configurationPid = HttpTransport.PID)
@ConfirmedKeys({"host", "port", "tls", "paths"})
public final class SettingsCheck {

    /**
     * Checks a configuration; there is nothing else to do.
     *
     * @param context the bundle's
     * @param config the configuration
     * @throws IllegalArgumentException if a value is bad; it names key and value
     */
    @Activate
    public SettingsCheck(BundleContext context, HttpTransport.Config config) {
        HttpTransport.terms(context, config);
        HttpTransport.rules(config);
    }
}
