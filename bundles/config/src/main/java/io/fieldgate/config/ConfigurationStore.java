package io.fieldgate.config;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Those configurations of Configuration Admin that come from files. Others are left alone. */
final class ConfigurationStore {

    /** Marks a configuration as ours, and says where it comes from. */
    static final String FILE = "fieldgate.config.file";

    private final ConfigurationAdmin admin;

    ConfigurationStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Tells whether a PID is one of a factory configuration. */
    static boolean isInstance(String pid) {
        return pid.indexOf('~') >= 0;
    }

    /**
     * Sets the values of a configuration.
     *
     * @return whether they differ from those before
     */
    boolean update(String pid, String file, Map<String, Object> values) throws IOException {
        Hashtable<String, Object> properties = new Hashtable<>(values);
        properties.put(FILE, file);
        return get(pid).updateIfDifferent(properties);
    }

    /** Deletes a configuration, and with it the component of a factory configuration; others get their defaults. */
    void delete(String pid) throws IOException {
        get(pid).delete();
    }

    /** The values that a file gave to a configuration, also in an earlier life of this bundle. */
    Optional<Map<String, Object>> values(String pid) throws IOException {
        return find("(service.pid=" + pid + ")").findFirst().map(ConfigurationStore::values);
    }

    /** PIDs of the configurations that came from a file, each with the file's name. */
    Map<String, String> fromFiles() throws IOException {
        Map<String, String> files = new TreeMap<>();
        find("(" + FILE + "=*)")
                .forEach(found -> files.put(
                        found.getPid(), String.valueOf(found.getProperties().get(FILE))));
        return files;
    }

    private Stream<Configuration> find(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return Stream.of(found == null ? new Configuration[0] : found)
                    .filter(configuration -> configuration.getProperties().get(FILE) != null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no filter: " + filter, e);
        }
    }

    private static Map<String, Object> values(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        Map<String, Object> values = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            values.put(key, properties.get(key));
        }
        // Configuration Admin adds its own, and refuses nothing but keeps them apart.
        values.keySet().removeAll(List.of("service.pid", "service.factoryPid", FILE));
        return values;
    }

    private Configuration get(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, "?")
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
    }
}
