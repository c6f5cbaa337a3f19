package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
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
    void printsNothingThatTurnsTheTextAround() {
        assertEquals("a?b?c?", Table.printable("a\u202eb\u2028c\u009b"));
    }

    @Test
    void shortensTheWidestTextAndNoNumber() {
        Table table = Table.of("ID", "TEXT", "COUNT")
                .naming(0)
                .row("identity", "a long long text", 123456789)
                .row("b", "short", 1);
        assertEquals("""
                ID        TEXT       COUNT
                identity  a long l…  123456789
                b         short              1""", table.fit(30));
        assertEquals("""
                ID      TEXT    COUNT
                ident…  a lon…  123456789
                b       short           1""", table.fit(25));
        assertEquals(table.toString(), table.fit(200));
        assertTrue(table.lines(9).stream().allMatch(line -> line.length() <= 9));
    }

    @Test
    void letsASentenceGoOnInTheNextLine() {
        assertEquals(
                """
                name  one two three four
                      five
                else  x""",
                Table.ofNames()
                        .row("name", "one two three four five")
                        .row("else", "x")
                        .fit(26));
        assertEquals(
                List.of("n  " + "x".repeat(20), "   " + "x".repeat(5)),
                Table.ofNames().row("n", "x".repeat(25)).lines(23));
    }

    @Test
    void countsSignsThatTakeTwoColumnsOrNone() {
        assertEquals(
                """
                A     B
                温度  1
                e\u0301     2
                x     3""",
                Table.of("A", "B").row("温度", 1).row("e\u0301", 2).row("x", 3).toString());
        assertEquals("温…", Width.cut("温度計", 4));
        assertEquals("\ud83d\ude00…", Width.cut("\ud83d\ude00\ud83d\ude00", 3));
        assertEquals("", Width.cut("abc", 0));
    }

    @Test
    void showsNumbersWithTheDigitsThatCount() {
        assertEquals("0", ValueText.number(-0.0));
        assertEquals("1.23457", ValueText.number(1.23456789));
        assertEquals("0.1", ValueText.number(0.1));
        assertEquals("0.000123457", ValueText.number(0.000123456789));
        assertEquals("1234567890", ValueText.number(1234567890.123));
        assertEquals("-20", ValueText.number(-20));
        assertEquals("1.23457E-7", ValueText.number(1.23456789e-7));
        assertEquals("1E20", ValueText.number(1e20));
        assertEquals("NaN", ValueText.number(Double.NaN));
        assertEquals("1", ValueText.number(0.9999999));
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
