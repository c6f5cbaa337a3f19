package io.fieldgate.transport.http;

import io.fieldgate.api.handler.ServletBodyMaxBytes;
import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large the bodies are that servlets take which say so ({@link ServletBodyMaxBytes}). The servlets are not fetched.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@Component(service = ServletBodies.class)
public final class ServletBodies {

    private static final Logger LOG = LoggerFactory.getLogger(ServletBodies.class);
    private static final int MOST_BYTES = 1 << 30;

    private final Whiteboard whiteboard;
    private final Map<ServiceReference<?>, List<Limit>> byServlet = new ConcurrentHashMap<>();

    /** All of them, the first that matches counts. */
    private volatile List<Limit> limits = List.of();

    private record Limit(PathPattern pattern, int bytes) {}

    /**
     * Begins with none.
     *
     * @param context the bundle's
     */
    @Activate
    public ServletBodies(BundleContext context) {
        whiteboard = new Whiteboard(context);
    }

    @Reference(
            service = Servlet.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + ServletBodyMaxBytes.NAME + "=*)")
    void bindServlet(ServiceReference<Servlet> servlet) {
        if (servlet.getProperty(ServletBodyMaxBytes.NAME) instanceof Integer bytes
                && bytes >= 1
                && bytes <= MOST_BYTES) {
            byServlet.put(
                    servlet,
                    whiteboard.patterns(servlet).stream()
                            .map(pattern -> new Limit(pattern, bytes))
                            .toList());
        } else {
            byServlet.remove(servlet);
            LOG.warn(
                    "{} of a servlet of {} must be an Integer of 1 to {}, is {}; body.max.bytes counts",
                    ServletBodyMaxBytes.NAME,
                    servlet.getBundle(),
                    MOST_BYTES,
                    servlet.getProperty(ServletBodyMaxBytes.NAME));
        }
        show();
    }

    void updatedServlet(ServiceReference<Servlet> servlet) {
        bindServlet(servlet);
    }

    void unbindServlet(ServiceReference<Servlet> servlet) {
        byServlet.remove(servlet);
        show();
    }

    /** The largest body that is taken at a path, decoded, if its servlet says so. */
    OptionalInt at(String path) {
        for (Limit limit : limits) {
            if (limit.pattern.matches(path)) {
                return OptionalInt.of(limit.bytes);
            }
        }
        return OptionalInt.empty();
    }

    boolean areThere() {
        return !limits.isEmpty();
    }

    private synchronized void show() {
        List<Limit> all = new ArrayList<>();
        byServlet.values().forEach(all::addAll);
        all.sort(Comparator.comparing(Limit::pattern));
        limits = List.copyOf(all);
    }
}
