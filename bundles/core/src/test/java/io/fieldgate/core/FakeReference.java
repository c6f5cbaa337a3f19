package io.fieldgate.core;

import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** A reference to a handler's service that no framework knows; each is equal to itself alone. */
final class FakeReference implements ServiceReference<SocketHandler> {

    private static final AtomicLong LAST_ID = new AtomicLong();

    private final Map<String, Object> properties = new ConcurrentHashMap<>();

    FakeReference(Map<String, Object> properties) {
        this.properties.putAll(properties);
        this.properties.put(Constants.SERVICE_ID, LAST_ID.incrementAndGet());
    }

    static FakeReference at(String path) {
        return new FakeReference(Map.of(SocketPath.NAME, path));
    }

    FakeReference with(String key, Object value) {
        properties.put(key, value);
        return this;
    }

    FakeReference ranked(int ranking) {
        return with(Constants.SERVICE_RANKING, ranking);
    }

    @Override
    public Object getProperty(String key) {
        return properties.get(key);
    }

    @Override
    public String[] getPropertyKeys() {
        return properties.keySet().toArray(String[]::new);
    }

    @Override
    public Bundle getBundle() {
        return null;
    }

    @Override
    public Bundle[] getUsingBundles() {
        return new Bundle[0];
    }

    @Override
    public boolean isAssignableTo(Bundle bundle, String className) {
        return true;
    }

    @Override
    public int compareTo(Object other) {
        return HandlerSpec.rankingOf(this) - HandlerSpec.rankingOf((FakeReference) other);
    }

    @Override
    public Dictionary<String, Object> getProperties() {
        return new Hashtable<>(properties);
    }

    @Override
    public <A> A adapt(Class<A> type) {
        return null;
    }
}
