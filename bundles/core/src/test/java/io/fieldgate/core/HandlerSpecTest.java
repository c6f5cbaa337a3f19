package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketResumable;
import io.fieldgate.api.handler.SocketRole;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerSpecTest {

    @Test
    void hasTheDefaultsThatTheAnnotationsPromise() {
        HandlerSpec spec = HandlerSpec.of(FakeReference.at("/live"));

        assertEquals(new HandlerSpec("/live", List.of(), Role.VIEWER, 65_536, false, false, true), spec);
    }

    @Test
    void readsEveryProperty() {
        HandlerSpec spec = HandlerSpec.of(FakeReference.at("/tools/*")
                .with(SocketSubprotocols.NAME, new String[] {"a.v1", "a.v2"})
                .with(SocketRole.NAME, "operator")
                .with(SocketMessageMaxBytes.NAME, 16_777_216)
                .with(SocketDeflate.NAME, true)
                .with(SocketNonBlocking.NAME, true)
                .with(SocketResumable.NAME, false));

        assertEquals(
                new HandlerSpec("/tools/*", List.of("a.v1", "a.v2"), Role.OPERATOR, 16_777_216, true, true, false),
                spec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "", "/a*", "/*/a", "/a/*/b", "/a/**", "*"})
    void refusesAPathOfAnotherForm(String path) {
        assertRefused(SocketPath.NAME, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/*", "/a", "/a/b/*", "/a/"})
    void takesAPathOfTheForm(String path) {
        assertEquals(path, HandlerSpec.of(FakeReference.at(path)).path());
    }

    @Test
    void refusesAServiceWithoutAPath() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> HandlerSpec.of(new FakeReference<>()));

        assertTrue(refused.getMessage().contains(SocketPath.NAME), refused.getMessage());
    }

    @Test
    void refusesValuesOfAnotherTypeOrRangeAndNamesThem() {
        assertRefused(SocketSubprotocols.NAME, "a.v1");
        assertRefused(SocketSubprotocols.NAME, new String[] {"two words"});
        assertRefused(SocketRole.NAME, "king");
        assertRefused(SocketMessageMaxBytes.NAME, 0);
        assertRefused(SocketMessageMaxBytes.NAME, 16_777_217);
        assertRefused(SocketMessageMaxBytes.NAME, "4096");
        assertRefused(SocketDeflate.NAME, "true");
        assertRefused(SocketNonBlocking.NAME, 1);
        assertRefused(SocketResumable.NAME, "no");
    }

    @Test
    void fitsAnyRequestWithoutSubprotocolsAndElseOneThatOffersOne() {
        HandlerSpec any = HandlerSpec.of(FakeReference.at("/a"));
        HandlerSpec two = HandlerSpec.of(FakeReference.at("/a").with(SocketSubprotocols.NAME, new String[] {"x", "y"}));

        assertTrue(any.fits(List.of()));
        assertTrue(any.fits(List.of("z")));
        assertFalse(two.fits(List.of()));
        assertFalse(two.fits(List.of("z")));
        assertTrue(two.fits(List.of("z", "y")));
        assertEquals(Optional.of("y"), two.firstSpoken(List.of("z", "y", "x")));
        assertFalse(two.continues(Optional.empty()));
        assertTrue(two.continues(Optional.of("x")));
    }

    private static void assertRefused(String key, Object value) {
        FakeReference<SocketHandler> reference = FakeReference.at("/a").with(key, value);

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> HandlerSpec.of(reference));

        assertTrue(refused.getMessage().startsWith(key + " must be "), refused.getMessage());
        String shown = value instanceof String[] many ? many[0] : String.valueOf(value);
        assertTrue(refused.getMessage().contains("is ") && refused.getMessage().contains(shown), refused.getMessage());
    }
}
