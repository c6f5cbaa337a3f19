package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void namesTheKeyAndTheValueThatAreWrong() {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(30, 0, 300, 4096, 65_536, 128, 1024, 1000, false, 120, 25_165_824));
        assertEquals("pong.s must be 1 to 600, is 0", wrong.getMessage());
    }
}
