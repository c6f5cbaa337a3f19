package io.fieldgate.core;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Where the service behind a reference comes from. It is got when it is wanted, on a thread for foreign code, and not when it is
 * registered: to get it may run its component's constructor, which may hang.
 *
 * @param <S> the type of the services
 */
interface ServiceSource<S> {

    /** The service, or null if it has gone or its component cannot be made. */
    S get(ServiceReference<S> reference);

    /** Lets the service go; nothing happens if it has gone. */
    void release(ServiceReference<S> reference);

    /** Gets services from the framework. */
    static <S> ServiceSource<S> of(BundleContext context) {
        return new ServiceSource<>() {
            @Override
            public S get(ServiceReference<S> reference) {
                return context.getService(reference);
            }

            @Override
            public void release(ServiceReference<S> reference) {
                try {
                    context.ungetService(reference);
                } catch (IllegalStateException stopped) {
                    // The framework has let go of everything with this bundle.
                }
            }
        };
    }
}
