package io.fieldgate.transport.http.served;

import jakarta.servlet.Servlet;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A bundle that tests replace: servlets, one of which takes large bodies and one small ones, and a page. */
public final class ReplacedBundle implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        register(context, Map.of("osgi.http.whiteboard.servlet.pattern", "/replaced/*"));
        register(
                context,
                Map.of(
                        "osgi.http.whiteboard.servlet.pattern",
                        new String[] {"/large/*", "/exactly"},
                        "fieldgate.servlet.body.max.bytes",
                        64 << 20));
        register(
                context,
                Map.of("osgi.http.whiteboard.servlet.pattern", "/small/*", "fieldgate.servlet.body.max.bytes", 2000));
        context.registerService(
                ReplacedBundle.class,
                this,
                new Hashtable<>(Map.of(
                        "osgi.http.whiteboard.resource.pattern",
                        "/replaced-page/*",
                        "osgi.http.whiteboard.resource.prefix",
                        "/web")));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the services back
    }

    private static void register(BundleContext context, Map<String, Object> properties) {
        Hashtable<String, Object> all = new Hashtable<>(properties);
        all.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        context.registerService(Servlet.class, new ServedServlet(), all);
    }
}
