package io.fieldgate.installer;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In a test bundle: never starts. */
public final class ThrowingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no pump found");
    }

    @Override
    public void stop(BundleContext context) {
        // It never started.
    }
}
