package io.fieldgate.transport.http;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Limits as they are by default, but for some. */
final class GivenLimits {

    private GivenLimits() {}

    /** @param others by name of the annotation's member */
    static Limits of(Map<String, Object> others) {
        return new Limits(config(others));
    }

    static Limits.Config config(Map<String, Object> others) {
        return (Limits.Config) Proxy.newProxyInstance(
                GivenLimits.class.getClassLoader(),
                new Class<?>[] {Limits.Config.class},
                (proxy, method, arguments) -> others.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
