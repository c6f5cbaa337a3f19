package io.fieldgate.driver.serial;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations with the defaults of the metatype, but for what a test sets. */
final class Configs {

    private Configs() {}

    /** Names and values by turns; the names are those of the methods. */
    static SerialDriver.Config of(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>(Map.of("fieldgate_driver_id", "serial1", "port", "/dev/ttyTest"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return (SerialDriver.Config) Proxy.newProxyInstance(
                Configs.class.getClassLoader(),
                new Class<?>[] {SerialDriver.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    static String[] table(String... lines) {
        return lines;
    }
}
