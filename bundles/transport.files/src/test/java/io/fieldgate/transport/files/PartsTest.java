package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that need no server: the cache, paths, and what a configuration must not say. */
class PartsTest {

    private static final Source NOWHERE = new DiskFolder(Path.of("/nowhere"), new FileCache(), Clock.systemUTC());

    @Test
    void theCacheStaysWithinItsBytesAndKeepsWhatIsAskedFor() {
        FileCache cache = new FileCache(10_000);
        for (int i = 0; i < 100; i++) {
            cache.put(NOWHERE, "n" + i, 1, Content.small(new byte[1000], Optional.empty(), true));
            assertTrue(cache.bytes() <= 10_000, () -> cache.bytes() + " bytes");
            assertTrue(i == 0 || cache.get(NOWHERE, "n0", 1).isPresent());
        }
        assertEquals(Optional.empty(), cache.get(NOWHERE, "n1", 1));
        assertEquals(Optional.empty(), cache.get(NOWHERE, "n0", 2));
        cache.forget(NOWHERE);
        assertEquals(0, cache.bytes());
    }

    /** Most servers refuse these before they get here; this must not count on it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/..",
                "/%2e%2e/a",
                "/a/../b",
                "/a//b",
                "/a%2fb",
                "/a%5cb",
                "/a\\b",
                "/%00",
                "/a;b",
                "/.a",
                "/%c0%af"
            })
    void whatCouldLeadElsewhereIsNoPath(String raw) {
        assertEquals(Optional.empty(), RequestPath.of(raw, "/"));
    }

    @Test
    void decodesOnce() {
        assertEquals("%2e%2e", RequestPath.of("/%252e%252e", "/").orElseThrow().name());
        assertEquals(
                "100%", RequestPath.of("/docs/100%25", "/docs").orElseThrow().name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            docs    | path
            /docs/  | path
            /a/*    | path
            /../a   | path
            /.a     | path
            """)
    void refusesABadPath(String path, String key) {
        var e = assertThrows(IllegalArgumentException.class, () -> MountSettings.path(path));
        assertTrue(e.getMessage().startsWith(key) && e.getMessage().contains('"' + path + '"'), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "ETag: \"x\"", "Content-Length: 3", "X-A: b\r\nX-C: d", ": x"})
    void refusesABadHeader(String line) {
        assertThrows(IllegalArgumentException.class, () -> MountSettings.headers(List.of(line)));
    }

    @Test
    void refusesWhatElseIsBad() {
        assertThrows(IllegalArgumentException.class, () -> MountSettings.file("spa", "../a"));
        assertThrows(IllegalArgumentException.class, () -> MountSettings.file("index", ""));
        assertThrows(IllegalArgumentException.class, () -> new Caching(-1, ""));
        assertThrows(IllegalArgumentException.class, () -> new Caching(0, "("));
        assertThrows(IllegalArgumentException.class, () -> new MediaTypes(List.of("glb")));
        assertEquals("model/x", new MediaTypes(List.of("glb=model/x")).of("a.glb"));
        assertEquals("max-age=60", new Caching(60, "").control("app.3f9a1c2b.js"));
    }
}
