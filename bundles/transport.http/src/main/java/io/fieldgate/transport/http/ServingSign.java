package io.fieldgate.transport.http;

import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.server.RequestLog;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Notices that Felix HTTP serves everything that is registered, and that it has ceased to.
 *
 * <p>The service {@code HttpServiceRuntime} comes too early for that: Felix registers it before it looks for the first
 * servlet, and answers 404 until it has found the last. What it looks for at the very end is request logs. So one is
 * registered, which logs nothing, and fetching it is the sign.
 */
final class ServingSign implements ServiceFactory<RequestLog> {

    private final Bundle felix = FrameworkUtil.getBundle(ConnectorFactory.class);
    private final Runnable begins;
    private final Runnable ends;

    /** @param begins and {@code ends} run on the thread of Felix that starts and stops Jetty */
    ServingSign(Runnable begins, Runnable ends) {
        this.begins = begins;
        this.ends = ends;
    }

    @Override
    public RequestLog getService(Bundle bundle, ServiceRegistration<RequestLog> registration) {
        if (bundle.equals(felix)) {
            begins.run();
        }
        return (request, response) -> {};
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<RequestLog> registration, RequestLog log) {
        if (bundle.equals(felix)) {
            ends.run();
        }
    }
}
