package io.fieldgate.transport.http;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Fails with a configuration that {@link Limits} cannot follow, so that whoever has set it sees that and takes it back. The limits
 * themselves must not fail, for the port needs them: they stay as they were.
 */
@Component(
        service = {},
        configurationPid = Limits.PID)
public final class LimitsCheck {

    /**
     * Checks a configuration; there is nothing else to do.
     *
     * @param config the configuration
     * @throws IllegalArgumentException if a value is bad; it names key and value
     */
    @Activate
    public LimitsCheck(Limits.Config config) {
        Limits.bounds(config);
    }
}
