package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BarrierTest {

    @Test
    void stopsWhatThePatternOfTheServletSays() {
        Barrier barrier = Barrier.of(patterns("", "/exact", "/below/*", "*.cgi"), List.of());
        assertTrue(stops(barrier, "/exact", "/below", "/below/", "/below/x/y", "/any/where/x.cgi"));
        assertFalse(stopsAny(barrier, "/", "/exact/", "/exactly", "/belowx", "/x.html", "/x.cgi/y"));
    }

    @Test
    void leavesToOthersWhatTheyServeBetter() {
        Barrier barrier = Barrier.of(patterns("", "/*"), patterns("", "/exact", "/tools/*"));
        assertTrue(stops(barrier, "/", "/x", "/exact/x", "/toolsx"));
        assertFalse(stopsAny(barrier, "/exact", "/tools", "/tools/x"));
        Barrier better = Barrier.of(patterns("", "/tools/x/*", "*.cgi"), patterns("", "/tools/*", "/"));
        assertTrue(stops(better, "/tools/x", "/tools/x/y", "/y.cgi"));
        assertFalse(stopsAny(better, "/tools/y.cgi", "/tools", "/any"));
    }

    @Test
    void stopsThePathThatTwoServeOfWhomOneGoes() {
        assertTrue(stops(Barrier.of(patterns("", "/"), patterns("", "/")), "/", "/x"));
        assertTrue(stops(Barrier.of(patterns("", "/x/*"), patterns("", "/x/*", "/y/*")), "/x"));
    }

    @Test
    void looksIntoTheLongerContextFirst() {
        Barrier barrier = Barrier.of(patterns("", "/shop/cart"), patterns("/shop", "/*"));
        assertFalse(stopsAny(barrier, "/shop/cart"));
        Barrier other = Barrier.of(patterns("/shop", "", "*.cgi", "/"), List.of());
        assertTrue(stops(other, "/shop/", "/shop/x.cgi", "/shop/x"));
        assertFalse(stopsAny(other, "/x.cgi", "/"));
    }

    @Test
    void leavesWebSocketsToTheCoreUnlessAllIsClosed() {
        Barrier barrier = Barrier.of(patterns("", "/*"), List.of());
        assertFalse(barrier.stops("/live", true));
        assertTrue(Barrier.CLOSED.stops("/live", true));
        assertFalse(Barrier.OPEN.stops("/live", false));
    }

    private static List<PathPattern> patterns(String context, String... patterns) {
        return Stream.of(patterns)
                .map(pattern -> PathPattern.of(context, pattern))
                .toList();
    }

    private static boolean stops(Barrier barrier, String... paths) {
        return Stream.of(paths).allMatch(path -> barrier.stops(path, false));
    }

    private static boolean stopsAny(Barrier barrier, String... paths) {
        return Stream.of(paths).anyMatch(path -> barrier.stops(path, false));
    }
}
