package io.fieldgate.config;

import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;

/** The PIDs that the bundles declare now. Safe for many threads. */
final class Declarations {

    static final String SUFFIX = ".cfg";

    /** What one bundle declares. */
    private record Declared(Map<String, Schema> singletons, Map<String, Schema> factories) {}

    private final Map<Bundle, Declared> bundles = new ConcurrentHashMap<>();

    /**
     * Takes up what a bundle declares.
     *
     * @return its PIDs and factory PIDs
     */
    Set<String> add(Bundle bundle, MetaTypeService metatypes) {
        MetaTypeInformation information = metatypes.getMetaTypeInformation(bundle);
        if (information == null) {
            return Set.of();
        }
        return add(
                bundle,
                schemas(bundle, information, information.getPids()),
                schemas(bundle, information, information.getFactoryPids()));
    }

    Set<String> add(Bundle bundle, Map<String, Schema> singletons, Map<String, Schema> factories) {
        bundles.put(bundle, new Declared(singletons, factories));
        return pids(bundle);
    }

    /**
     * Forgets what a bundle declares.
     *
     * @return its PIDs and factory PIDs
     */
    Set<String> remove(Bundle bundle) {
        Set<String> pids = pids(bundle);
        bundles.remove(bundle);
        return pids;
    }

    private Set<String> pids(Bundle bundle) {
        Declared declared = bundles.get(bundle);
        Map<String, Schema> all = new TreeMap<>();
        if (declared != null) {
            all.putAll(declared.singletons());
            all.putAll(declared.factories());
        }
        return all.keySet();
    }

    private static Map<String, Schema> schemas(Bundle bundle, MetaTypeInformation information, String[] pids) {
        Map<String, Schema> schemas = new TreeMap<>();
        List<URL> files = Collections.list(bundle.findEntries("OSGI-INF/metatype", "*.xml", false));
        for (String pid : pids) {
            var definition = information.getObjectClassDefinition(pid, null);
            schemas.put(pid, new Schema(definition, new Bounds(files, definition.getID())::of));
        }
        return schemas;
    }

    /**
     * Finds what a file configures: the PID that it is named after, else the longest factory PID that stands before a dash.
     *
     * @param fileName with its {@value #SUFFIX}
     * @return nothing as long as no bundle declares it
     */
    Optional<Target> target(String fileName) {
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        return find((bundle, declared) -> Optional.ofNullable(
                                declared.singletons().get(name))
                        .stream()
                        .map(schema -> new Target(name, "", bundle, schema)))
                .or(() -> find((bundle, declared) -> declared.factories().entrySet().stream()
                        .filter(entry -> names(name, entry.getKey()))
                        .map(entry -> new Target(
                                entry.getKey(),
                                name.substring(entry.getKey().length() + 1),
                                bundle,
                                entry.getValue()))));
    }

    private static boolean names(String name, String factoryPid) {
        return name.startsWith(factoryPid + "-") && name.length() > factoryPid.length() + 1;
    }

    /** The longest PID wins, and of two bundles that declare it the one that was installed last: the newer version. */
    private Optional<Target> find(BiFunction<Bundle, Declared, Stream<Target>> search) {
        return bundles.entrySet().stream()
                .flatMap(entry -> search.apply(entry.getKey(), entry.getValue()))
                .max(Comparator.<Target>comparingInt(target -> target.base().length())
                        .thenComparingLong(target -> target.bundle().getBundleId()));
    }
}
