package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsTextToTheLeftAndNumbersToTheRight() {
        String table = Table.of("PATH", "SESSIONS", "BUNDLE")
                .row("/live", 7, "a")
                .row("/tools/*", 1200, "b")
                .toString();

        assertEquals("""
                PATH      SESSIONS  BUNDLE
                /live            7  a
                /tools/*      1200  b""", table);
    }

    @Test
    void leavesNoBlanksAtTheEndOfALine() {
        assertEquals(
                "A  B\nx\ny  long",
                Table.of("A", "B").row("x", "").row("y", "long").toString());
    }

    @Test
    void printsNoControlCharacters() {
        assertEquals(
                "user  ?[31mroot?",
                Table.ofNames().row("user", "\u001b[31mroot\n").toString());
    }

    @Test
    void saysAnAgeInTheTwoGreatestUnits() {
        Instant now = Instant.parse("2026-01-10T00:00:00Z");
        assertEquals("0 s", Age.between(now.plusSeconds(5), now));
        assertEquals("59 s", Age.between(now.minusSeconds(59), now));
        assertEquals("1 min 1 s", Age.between(now.minusSeconds(61), now));
        assertEquals("2 h 0 min", Age.between(now.minusSeconds(7_259), now));
        assertEquals("9 d 1 h", Age.between(now.minusSeconds(9 * 86_400 + 3_600), now));
    }
}
