package io.fieldgate.transport.http;

import io.fieldgate.api.handler.ServedFiles;
import io.fieldgate.api.handler.SocketPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Reads from the service registry who serves which paths. No service is fetched. */
final class Whiteboard {

    static final String SERVLET = "osgi.http.whiteboard.servlet.pattern";

    private static final String RESOURCE = "osgi.http.whiteboard.resource.pattern";
    private static final String SELECT = "osgi.http.whiteboard.context.select";
    private static final String CONTEXT_NAME = "osgi.http.whiteboard.context.name";
    private static final String CONTEXT_PATH = "osgi.http.whiteboard.context.path";
    private static final String DEFAULT = "default";

    private static final String SERVING = "(|(" + SERVLET + "=*)(" + RESOURCE + "=*)(" + ServedFiles.PATH + "=*))";
    private static final String HANDLERS = "(" + SocketPath.NAME + "=*)";

    private final BundleContext context;

    Whiteboard(BundleContext context) {
        this.context = context;
    }

    /** Servlets, resources and bundles that carry files, and the paths that they serve. */
    Map<ServiceReference<?>, List<PathPattern>> serving() {
        return references(null, SERVING).stream().collect(Collectors.toMap(service -> service, this::patterns));
    }

    /** What is left to the transports, for the core has its clients wait by itself. */
    List<PathPattern> handlers() {
        return references(null, HANDLERS).stream()
                .flatMap(reference -> texts(reference.getProperty(SocketPath.NAME)))
                .map(path -> PathPattern.of("", path))
                .toList();
    }

    /** The paths that a service serves; none if it serves no requests. */
    List<PathPattern> patterns(ServiceReference<?> service) {
        List<PathPattern> patterns = new ArrayList<>();
        List<String> wanted = Stream.of(SERVLET, RESOURCE)
                .flatMap(key -> texts(service.getProperty(key)))
                .toList();
        if (!wanted.isEmpty()) {
            for (String path : contexts(service.getProperty(SELECT))) {
                wanted.forEach(pattern -> patterns.add(PathPattern.of(path, pattern)));
            }
        }
        // As transport.files serves them.
        texts(service.getProperty(ServedFiles.PATH))
                .map(path -> path.endsWith("/") ? path : path + "/*")
                .forEach(pattern -> patterns.add(PathPattern.of("", pattern)));
        return patterns;
    }

    /** The paths of the contexts that a service selects. One that cannot be understood selects none (Servlet Whiteboard, 140.3). */
    private Collection<String> contexts(Object select) {
        String wanted = select == null ? DEFAULT : select.toString();
        String filter = wanted.startsWith("(") ? wanted : "(" + CONTEXT_NAME + '=' + wanted + ')';
        Collection<String> paths = new TreeSet<>();
        for (ServiceReference<?> helper : references("org.osgi.service.servlet.context.ServletContextHelper", filter)) {
            paths.add(path(helper));
        }
        try {
            Hashtable<String, Object> root = new Hashtable<>(Map.of(CONTEXT_NAME, DEFAULT, CONTEXT_PATH, "/"));
            if (paths.isEmpty() && FrameworkUtil.createFilter(filter).match(root)) {
                paths.add("");
            }
        } catch (InvalidSyntaxException e) {
            return List.of();
        }
        return paths;
    }

    private static String path(ServiceReference<?> helper) {
        String path = Objects.toString(helper.getProperty(CONTEXT_PATH), "/");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private List<ServiceReference<?>> references(String type, String filter) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            return List.of();
        }
    }

    /** A value of type {@code String+}: one, an array or a collection. */
    private static Stream<String> texts(Object value) {
        if (value instanceof String[] several) {
            return Stream.of(several);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf);
        }
        return value == null ? Stream.empty() : Stream.of(value.toString());
    }
}
