package io.fieldgate.config;

import java.lang.reflect.Proxy;
import org.osgi.framework.Bundle;

/** Bundles of which nothing is asked but what they are called and how they are. */
final class TestBundles {

    private TestBundles() {}

    static Bundle active(long id) {
        return inState(id, Bundle.ACTIVE);
    }

    static Bundle inState(long id, int state) {
        return (Bundle) Proxy.newProxyInstance(
                TestBundles.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "getState" -> state;
                    case "hashCode" -> Long.hashCode(id);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "bundle " + id;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
