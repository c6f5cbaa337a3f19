package io.fieldgate.transport.files;

import jakarta.servlet.Servlet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * All sites, each with a servlet of the whiteboard. Safe for use by many threads. The lock is held while a servlet comes or
 * goes, so that changes of one path happen in order; nothing that is called by that takes it.
 */
final class Mounts {

    private final BundleContext context;
    private final Map<String, Mounted> byPath = new HashMap<>(); // guarded by this

    Mounts(BundleContext context) {
        this.context = context;
    }

    /** Adds a layer in the place that its origin gives it. */
    synchronized void add(Origin origin, Layer layer) {
        String path = layer.settings().path();
        Mounted mounted = byPath.computeIfAbsent(path, Mounted::new);
        mounted.layers.put(origin, layer);
        mounted.show();
        if (mounted.servlet == null) {
            mounted.servlet = context.registerService(Servlet.class, new FileServlet(mounted.site), properties(path));
        }
    }

    /** Takes a layer away. Answers that have begun are finished. */
    synchronized void remove(Origin origin) {
        for (Mounted mounted : byPath.values()) {
            if (mounted.layers.remove(origin) != null) {
                mounted.show();
            }
        }
        byPath.values().removeIf(mounted -> {
            boolean empty = mounted.layers.isEmpty();
            if (empty) {
                mounted.servlet.unregister();
            }
            return empty;
        });
    }

    /** The root is the pattern of what no other servlet takes (Servlet 6.0, 12.1); all others give way to longer ones. */
    private static Hashtable<String, Object> properties(String path) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", path.equals("/") ? "/" : path + "/*");
        properties.put("osgi.http.whiteboard.servlet.name", "fieldgate files of " + path);
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        return properties;
    }

    /**
     * Who wants a layer. What the configuration wants goes before what bundles carry; then the higher ranking, then the older.
     *
     * @param configured whether it is the configuration
     * @param reference the service
     */
    record Origin(boolean configured, ServiceReference<?> reference) implements Comparable<Origin> {

        private static final Comparator<Origin> ORDER = Comparator.comparing(Origin::configured)
                .thenComparing(Origin::reference, (one, other) -> one.compareTo(other))
                .reversed();

        @Override
        public int compareTo(Origin other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Mounted {

        private final Site site;
        private final TreeMap<Origin, Layer> layers = new TreeMap<>();
        private ServiceRegistration<Servlet> servlet;

        Mounted(String path) {
            site = new Site(path);
        }

        void show() {
            site.show(List.copyOf(layers.values()));
        }
    }
}
