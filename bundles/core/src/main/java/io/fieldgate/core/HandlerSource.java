package io.fieldgate.core;

import io.fieldgate.api.handler.SocketHandler;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Where the handler behind a service reference comes from. */
interface HandlerSource {

    /** Fetches the handler, which may make it first; null if that fails or the service has gone. */
    SocketHandler get(ServiceReference<SocketHandler> service);

    /** Gives the handler back; nothing happens if its service has gone. */
    void unget(ServiceReference<SocketHandler> service);

    static HandlerSource of(BundleContext context) {
        return new HandlerSource() {
            @Override
            public SocketHandler get(ServiceReference<SocketHandler> service) {
                return context.getService(service);
            }

            @Override
            public void unget(ServiceReference<SocketHandler> service) {
                context.ungetService(service);
            }
        };
    }
}
