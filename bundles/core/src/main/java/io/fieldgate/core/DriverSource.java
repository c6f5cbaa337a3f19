package io.fieldgate.core;

import io.fieldgate.api.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Gets a driver's service when its lane wants it, not when it is registered: to get it may run its component's constructor, which
 * is foreign code that may hang.
 */
interface DriverSource {

    /** The service, or null if it has gone or its component cannot be made. */
    Driver get(ServiceReference<Driver> reference);

    /** Lets the service go. */
    void release(ServiceReference<Driver> reference);

    /** Gets services from the framework. */
    static DriverSource of(BundleContext context) {
        return new DriverSource() {
            @Override
            public Driver get(ServiceReference<Driver> reference) {
                return context.getService(reference);
            }

            @Override
            public void release(ServiceReference<Driver> reference) {
                try {
                    context.ungetService(reference);
                } catch (IllegalStateException stopped) {
                    // The framework has let go of everything with this bundle.
                }
            }
        };
    }
}
