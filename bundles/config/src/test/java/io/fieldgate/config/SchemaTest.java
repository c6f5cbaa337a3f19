package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    private final Schema schema = TestMetatype.port();

    @Test
    void convertsToTheDeclaredTypes() throws BadValues {
        Map<String, Object> values = schema.check(Map.of(
                "host", "grün",
                "port", " 8081 ",
                "ratio", "0.25",
                "tls", "True",
                "mode", "slow",
                "mark", "x",
                "service.ranking", "7"));

        assertEquals(
                Map.of(
                        "host",
                        "grün",
                        "port",
                        8081,
                        "ratio",
                        0.25,
                        "tls",
                        true,
                        "mode",
                        "slow",
                        "mark",
                        'x',
                        "service.ranking",
                        7),
                values);
    }

    @Test
    void convertsLists() throws BadValues {
        Map<String, Object> values = schema.check(Map.of("host", "abc", "names", "a, b ,c\\,d", "ports", "1,2"));

        assertAll(
                () -> assertArrayEquals(new String[] {"a", "b", "c,d"}, (String[]) values.get("names")),
                () -> assertEquals(List.of(1L, 2L), values.get("ports")));
    }

    @Test
    void takesAnEmptyListForEmpty() throws BadValues {
        assertArrayEquals(new String[0], (String[])
                schema.check(Map.of("host", "abc", "names", "")).get("names"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    port   | 70000  | port=70000 is not allowed: it must be a whole number from 0 to 65535
                    port   | -1     | port=-1 is not allowed: it must be a whole number from 0 to 65535
                    port   | high   | port=high is not allowed: it must be a whole number from 0 to 65535
                    port   | 8.5    | port=8.5 is not allowed: it must be a whole number from 0 to 65535
                    port   | ''     | port= is not allowed: it must be a whole number from 0 to 65535
                    host   | ab     | host=ab is not allowed: it must be text of a length from 3
                    ratio  | NaN    | ratio=NaN is not allowed: it must be a number
                    tls    | yes    | tls=yes is not allowed: it must be true or false
                    mode   | medium | mode=medium is not allowed: it must be one of fast, slow
                    ports  | 1,x    | ports=1,x is not allowed: it must be a list, parted by commas, each a whole number to 9
                    ports  | 1,10   | ports=1,10 is not allowed: it must be a list, parted by commas, each a whole number to 9
                    secret | abcde  | secret=*** is not allowed: it must be text of a length to 4
                    mark   | xy     | mark=xy is not allowed: it must be one character
                    hosst  | x      | unknown key hosst: known are host, mark, mode, names, port, ports, ratio, secret, tls
                    service.ranking | high | service.ranking=high is not allowed: it must be a whole number
                    """)
    void saysWhatWouldBeAllowed(String key, String value, String message) {
        Map<String, String> lines = new HashMap<>(Map.of("host", "abc"));
        lines.put(key, value);

        assertEquals(
                message,
                assertThrows(BadValues.class, () -> schema.check(lines)).getMessage());
    }

    @Test
    void namesAKeyThatIsMissing() {
        BadValues bad = assertThrows(BadValues.class, () -> schema.check(Map.of("port", "1")));

        assertEquals("host is missing: it must be text of a length from 3", bad.getMessage());
    }

    @Test
    void namesAllProblemsAtOnce() {
        BadValues bad = assertThrows(BadValues.class, () -> schema.check(Map.of("port", "x", "tls", "y")));

        assertEquals(
                "port=x is not allowed: it must be a whole number from 0 to 65535; "
                        + "tls=y is not allowed: it must be true or false; "
                        + "host is missing: it must be text of a length from 3",
                bad.getMessage());
    }
}
