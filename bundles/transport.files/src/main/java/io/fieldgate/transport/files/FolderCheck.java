package io.fieldgate.transport.files;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Fails with a configuration that {@link FolderMount} cannot follow, so that whoever has set it sees that and takes it back. The
 * mount itself must not fail: its path would go, and a service that failed once is not asked for again when its values are back.
 */
@Component(
        service = {},
        configurationPid = FolderMount.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FolderCheck {

    /**
     * Checks a configuration; there is nothing else to do.
     *
     * @param context the bundle's
     * @param config the configuration
     * @throws IllegalArgumentException if a value is bad; it names key and value
     */
    @Activate
    public FolderCheck(BundleContext context, FolderMount.Config config) {
        FolderMount.mount(context, config);
    }
}
