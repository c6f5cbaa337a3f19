package io.fieldgate.driver.sim;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as DS makes them: the values that are there, else the defaults of the annotation. */
final class Configs {

    private Configs() {}

    /** A configuration with the driver id {@code sim} and some values, by the names of the annotation's members. */
    static <T> T of(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> value(method, values)));
    }

    private static Object value(Method method, Map<String, Object> values) {
        Object otherwise = method.getName().equals("fieldgate_driver_id") ? "sim" : method.getDefaultValue();
        return values.getOrDefault(method.getName(), otherwise);
    }
}
