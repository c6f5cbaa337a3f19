package io.fieldgate.itest.subject;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Leaves a file in the home when it runs. */
public final class TracingActivator implements BundleActivator {

    /** The file, in the home. */
    public static final String TRACE = "trace-of-";

    @Override
    public void start(BundleContext context) throws IOException {
        Path home = Path.of(context.getProperty(Gateway.HOME));
        Files.writeString(home.resolve(TRACE + context.getBundle().getVersion()), "it ran");
    }

    @Override
    public void stop(BundleContext context) {}
}
