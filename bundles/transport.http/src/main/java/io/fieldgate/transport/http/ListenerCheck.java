package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.ConfirmedKeys;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Fails with a configuration that {@link HttpListener} cannot follow, so that whoever has set it sees that and takes it back. The
 * listener itself must not fail while it runs, for it would close: it keeps its last good configuration.
 */
@Component(
        service = {},
        configurationPid = HttpListener.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@ConfirmedKeys({"host", "port", "tls", "socket", "mode", "group", "paths"})
public final class ListenerCheck {

    /**
     * Checks a configuration; there is nothing else to do.
     *
     * @param context the bundle's
     * @param config the configuration
     * @throws IllegalArgumentException if a value is bad; it names key and value
     */
    @Activate
    public ListenerCheck(BundleContext context, HttpListener.Config config) {
        HttpListener.terms(context, config);
    }
}
