package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class RecurringTextsTest {

    private final RecurringTexts texts = new RecurringTexts();

    @Test
    void givesOneObjectForTextsThatAreAlike() {
        String first = texts.of(copy("en-GB,en;q=0.5"));
        assertSame(first, texts.of(copy("en-GB,en;q=0.5")));
    }

    @Test
    void givesEveryTextAsItIs() {
        for (int i = 0; i < 10_000; i++) {
            assertEquals("text " + i, texts.of("text " + i));
        }
    }

    @Test
    void keepsNoLongTexts() {
        String cookie = "c".repeat(257);
        texts.of(cookie);
        assertNotSame(cookie, texts.of(copy(cookie)));
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
