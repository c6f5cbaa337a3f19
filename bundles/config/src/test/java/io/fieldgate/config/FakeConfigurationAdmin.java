package io.fieldgate.config;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations in memory. It knows the two filters that are asked of it. */
final class FakeConfigurationAdmin implements ConfigurationAdmin {

    /** Values by PID. */
    final Map<String, Dictionary<String, Object>> stored = new TreeMap<>();

    /** How often a configuration was really changed. */
    int updates;

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return new Stored(pid);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        return new Stored(factoryPid + "~" + name);
    }

    @Override
    public Configuration[] listConfigurations(String filter) {
        return stored.keySet().stream()
                .filter(pid -> filter.equals("(service.pid=" + pid + ")") || filter.endsWith("=*)"))
                .map(Stored::new)
                .toArray(Configuration[]::new);
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException();
    }

    private final class Stored implements Configuration {

        private final String pid;

        Stored(String pid) {
            this.pid = pid;
        }

        @Override
        public String getPid() {
            return pid;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            return stored.get(pid);
        }

        @Override
        public boolean updateIfDifferent(Dictionary<String, ?> properties) {
            Hashtable<String, Object> complete = new Hashtable<>();
            properties.keys().asIterator().forEachRemaining(key -> complete.put(key, properties.get(key)));
            complete.put("service.pid", pid);
            boolean differs = !Objects.equals(stored.get(pid), complete);
            if (differs) {
                stored.put(pid, complete);
                updates++;
            }
            return differs;
        }

        @Override
        public void delete() {
            stored.remove(pid);
        }

        @Override
        public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(Dictionary<String, ?> properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getFactoryPid() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBundleLocation(String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getBundleLocation() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getChangeCount() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ConfigurationAttribute> getAttributes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }
    }
}
