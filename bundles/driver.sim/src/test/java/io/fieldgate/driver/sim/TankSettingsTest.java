package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TankSettingsTest {

    @Test
    void takesTheDefaultsAsTheyAre() {
        TankSettings settings = TankSettings.of(config(Map.of("fieldgate_driver_id", "sim")));

        assertEquals("sim/tank", settings.device().toString());
        assertEquals(2.0, settings.heightMetres());
        assertEquals(1000, settings.periodMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "height_m, 0, height.m",
        "height_m, NaN, height.m",
        "inflow_l_s, -1, inflow.l.s",
        "outflow_l_s, 20.5, outflow.l.s",
        "noise_percent, 11, noise.percent"
    })
    void refusesADecimalOutOfItsRangeAndNamesKeyAndValue(String member, double value, String key) {
        String message = refusal(Map.of("fieldgate_driver_id", "sim", member, value));

        assertTrue(message.startsWith(key + " must be "), message);
        assertTrue(message.endsWith("is " + value), message);
    }

    @ParameterizedTest
    @CsvSource({"9", "60001"})
    void refusesAPeriodOutOfItsRange(int millis) {
        String message = refusal(Map.of("fieldgate_driver_id", "sim", "period_ms", millis));

        assertTrue(message.startsWith("period.ms must be 10.0 to 60000.0"), message);
    }

    @Test
    void refusesAMissingDriverId() {
        assertTrue(refusal(Map.of()).startsWith("fieldgate.driver.id is missing"));
    }

    @Test
    void refusesAnIdOfAnotherForm() {
        String message = refusal(Map.of("fieldgate_driver_id", "sim", "device", "Tank 1"));

        assertTrue(message.contains("device=Tank 1"), message);
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(IllegalArgumentException.class, () -> TankSettings.of(config(values)))
                .getMessage();
    }

    /** What DS makes of a configuration: the values that are there, else the defaults of the annotation. */
    private static SimDriver.Config config(Map<String, Object> values) {
        return (SimDriver.Config) Proxy.newProxyInstance(
                SimDriver.Config.class.getClassLoader(),
                new Class<?>[] {SimDriver.Config.class},
                (proxy, method, arguments) -> value(method, values));
    }

    private static Object value(Method method, Map<String, Object> values) {
        return values.getOrDefault(method.getName(), method.getDefaultValue());
    }
}
