package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    private final Paths paths = new Paths(List.of("/live", " /tools/*"));

    @ParameterizedTest
    @CsvSource({
        "/live, true",
        "/live/, false",
        "/live/x, false",
        "/Live, false",
        "/tools, false",
        "/tools/, true",
        "/tools/a/b, true",
        "/toolsbox, false",
        "/, false"
    })
    void coversWhatItSaysAndNothingElse(String path, boolean covered) {
        assertEquals(covered, paths.cover(path));
        assertTrue(Paths.ALL.cover(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "", "*", "/a*", "/*/b", "/a?b"})
    void refusesWhatIsNoPattern(String pattern) {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new Paths(List.of(pattern)));
        assertEquals("paths must be like /live or /tools/*, is \"" + pattern + '"', wrong.getMessage());
    }
}
