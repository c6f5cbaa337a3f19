package io.fieldgate.core;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * A reference to a service that no framework knows; each is equal to itself alone. They are ordered as the framework orders
 * them: by rank, and of one rank the older is the greater.
 */
final class FakeReference<S> implements ServiceReference<S> {

    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final Comparator<FakeReference<?>> ORDER = Comparator.<FakeReference<?>>comparingInt(
                    HandlerSpec::rankingOf)
            .thenComparing(HandlerSpec::idOf, Comparator.reverseOrder());

    private final Map<String, Object> properties = new ConcurrentHashMap<>();

    FakeReference() {
        properties.put(Constants.SERVICE_ID, LAST_ID.incrementAndGet());
    }

    static FakeReference<SocketHandler> at(String path) {
        return new FakeReference<SocketHandler>().with(SocketPath.NAME, path);
    }

    static FakeReference<Driver> driver(String id) {
        return new FakeReference<Driver>().with(DriverId.NAME, id);
    }

    FakeReference<S> with(String key, Object value) {
        properties.put(key, value);
        return this;
    }

    FakeReference<S> ranked(int ranking) {
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
        return ORDER.compare(this, (FakeReference<?>) other);
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
