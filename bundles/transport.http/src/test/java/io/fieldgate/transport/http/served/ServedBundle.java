package io.fieldgate.transport.http.served;

import jakarta.servlet.Servlet;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** A bundle of somebody else's: a page, a servlet, and a transport that takes what asks for an upgrade. */
public final class ServedBundle implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.registerService(
                Servlet.class,
                new ServedServlet(),
                properties(Map.of(
                        "osgi.http.whiteboard.servlet.pattern",
                        new String[] {"/servlet/*", "/login/*", "/api/login"},
                        "osgi.http.whiteboard.servlet.asyncSupported",
                        true)));
        context.registerService(
                ServedBundle.class,
                this,
                properties(Map.of(
                        "osgi.http.whiteboard.resource.pattern",
                        "/page/*",
                        "osgi.http.whiteboard.resource.prefix",
                        "/web")));
        context.registerService(Preprocessor.class, new ServedUpgrade(), properties(Map.of()));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the services back
    }

    private static Hashtable<String, Object> properties(Map<String, Object> map) {
        return new Hashtable<>(map);
    }
}
