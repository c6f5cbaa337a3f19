package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxSettingsTest {

    @Test
    void takesTheDefaultsAsTheyAre() {
        LinuxSettings settings = LinuxSettings.of(config(Map.of()));

        assertEquals(Path.of("/"), settings.root());
        assertEquals(Duration.ofSeconds(1), settings.periods().normal());
        assertEquals(new HashSet<>(LinuxSettings.ALL_GROUPS), settings.groups());
    }

    @Test
    void takesSomeGroups() {
        assertEquals(
                Set.of("cpu", "net"),
                LinuxSettings.of(config(Map.of("groups", "net, cpu"))).groups());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu,gpu", "", "cpu,,net"})
    void refusesAGroupThatThereIsNot(String groups) {
        String message = refusal(Map.of("groups", groups));

        assertTrue(message.startsWith("groups must be"), message);
        assertTrue(message.endsWith("is \"" + groups + '"'), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 60_001, -1})
    void refusesAPeriodOutOfItsRange(int millis) {
        assertEquals("period.ms must be 100 to 60000, is " + millis, refusal(Map.of("period_ms", millis)));
    }

    @Test
    void refusesARelativeRoot() {
        assertEquals("root must be an absolute path, is \"host\"", refusal(Map.of("root", "host")));
    }

    @Test
    void readsSlowPointsNoMoreOftenThanTheOthers() {
        assertEquals(Duration.ofSeconds(10), new Periods(Duration.ofSeconds(1)).slow());
        assertEquals(Duration.ofSeconds(30), new Periods(Duration.ofSeconds(30)).slow());
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(IllegalArgumentException.class, () -> LinuxSettings.of(config(values)))
                .getMessage();
    }

    /** What DS makes of a configuration: the values that are there, else the defaults of the annotation. */
    private static LinuxDriver.Config config(Map<String, Object> values) {
        return (LinuxDriver.Config) Proxy.newProxyInstance(
                LinuxDriver.Config.class.getClassLoader(),
                new Class<?>[] {LinuxDriver.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
