package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationsTest {

    enum Colour {
        RED,
        GREEN
    }

    @interface Config {
        String fieldgate_driver_id();

        double height_m() default 2.0;

        int period__ms() default 1000;

        long a$_$b() default 1;

        boolean final$() default true;

        String[] names() default {"a", "b"};

        int[] numbers();

        Colour colour() default Colour.RED;

        boolean flag();

        float ratio();
    }

    @interface Prefixed {
        String PREFIX_ = "fieldgate.";

        int size_bytes() default 7;
    }

    @Test
    void givesDefaultsAndWhatDeclarativeServicesGivesWhenThereIsNone() {
        Config config = Configurations.of(Config.class, Map.of());

        assertEquals(2.0, config.height_m());
        assertArrayEquals(new String[] {"a", "b"}, config.names());
        assertEquals(Colour.RED, config.colour());
        assertNull(config.fieldgate_driver_id());
        assertEquals(0, config.numbers().length);
        assertFalse(config.flag());
        assertEquals(0f, config.ratio());
    }

    @Test
    void takesKeysAsTheyStandInAFile() {
        Config config = Configurations.of(
                Config.class,
                Map.of("fieldgate.driver.id", "sim", "height.m", 3.5, "period_ms", 5, "a-b", 2L, "final", false));

        assertEquals("sim", config.fieldgate_driver_id());
        assertEquals(3.5, config.height_m());
        assertEquals(5, config.period__ms());
        assertEquals(2, config.a$_$b());
        assertFalse(config.final$());
        assertEquals(
                8,
                Configurations.of(Prefixed.class, Map.of("fieldgate.size.bytes", 8))
                        .size_bytes());
    }

    @Test
    void convertsTexts() {
        Config config = Configurations.of(
                Config.class,
                Map.of(
                        "height.m",
                        "3.5",
                        "flag",
                        "true",
                        "numbers",
                        List.of("1", 2),
                        "names",
                        "one",
                        "colour",
                        "GREEN",
                        "ratio",
                        1));

        assertEquals(3.5, config.height_m());
        assertTrue(config.flag());
        assertArrayEquals(new int[] {1, 2}, config.numbers());
        assertArrayEquals(new String[] {"one"}, config.names());
        assertEquals(Colour.GREEN, config.colour());
        assertEquals(1f, config.ratio());
    }

    @ParameterizedTest
    @CsvSource({
        "height.m, tall, 'height.m must be of type double, is tall'",
        "period_ms, 1.5, 'period_ms must be of type int, is 1.5'",
        "colour, BLUE, 'colour must be of type Colour, is BLUE'"
    })
    void namesKeyAndValueThatCannotBeConverted(String key, String value, String message) {
        assertEquals(message, refusal(Map.of(key, value)));
    }

    @Test
    void namesAKeyThatNoMemberStandsFor() {
        assertTrue(refusal(Map.of("heigth.m", 1)).contains("has no member for heigth.m, but for [a-b, colour,"));
    }

    private static String refusal(Map<String, Object> values) {
        return assertThrows(IllegalArgumentException.class, () -> Configurations.of(Config.class, values))
                .getMessage();
    }

    @Test
    void isAnAnnotationToWhoeverAsks() {
        Config config = Configurations.of(Config.class, Map.of("height.m", 1.5));

        assertEquals(Config.class, config.annotationType());
        assertTrue(config.toString().contains("height_m=1.5"), config.toString());
        assertEquals(config, config);
        assertEquals(config.hashCode(), config.hashCode());
    }
}
