package io.fieldgate.itest.subject;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails to start. */
public final class ThrowingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("it cannot start");
    }

    @Override
    public void stop(BundleContext context) {}
}
