package io.fieldgate.core;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A service reference, ordered as the framework orders them; its ranking can be changed. */
final class FakeServiceReference<S> implements ServiceReference<S> {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final Map<String, Object> properties;
    private int ranking;

    FakeServiceReference(Map<String, Object> properties, int ranking) {
        this.properties = properties;
        this.ranking = ranking;
    }

    void rank(int changed) {
        ranking = changed;
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
    public Dictionary<String, Object> getProperties() {
        return new Hashtable<>(properties);
    }

    @Override
    public <A> A adapt(Class<A> type) {
        return null;
    }

    @Override
    public int compareTo(Object other) {
        FakeServiceReference<?> that = (FakeServiceReference<?>) other;
        return ranking != that.ranking ? Integer.compare(ranking, that.ranking) : Integer.compare(that.number, number);
    }
}
