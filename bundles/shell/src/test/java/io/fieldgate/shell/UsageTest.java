package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    private static final String TEXT = """
            fg:pump [-f] [-n COUNT] NAME [SPEED]
            Runs a pump.
              -f, --fast       fast
              -n, --lines COUNT  how often,
                               - a number
              NAME             which
              SPEED            how fast
            """;

    @Test
    void readsOptionsAndOperandsInAnyOrder() throws Exception {
        assertEquals("[main, -3] {--fast=, --lines=5}", read("-n", "5", "main", "--fast", "-3"));
        assertEquals("[-f] {}", read("--", "-f"));
        assertEquals("[-] {}", read("-"));
        assertEquals("[main] {--lines=-n}", read("main", "-n", "-n"));
    }

    @Test
    void showsItsTextWhenAskedForHelp() throws Exception {
        assertEquals(TEXT.strip(), read("--help"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| a NAME is needed",
                "main 1 2 | \"2\" is one argument too many",
                "main --foo | there is no option --foo, there are -f, --fast, -n, --lines, --help",
                "main --fast=1 | there is no option --fast=1, there are -f, --fast, -n, --lines, --help",
                "main -n | -n needs a COUNT",
            })
    void saysWhatIsWrongAndHowItIsWritten(String given, String wrong) {
        String[] words = given == null ? new String[0] : given.split(" ");
        assertEquals(
                "fg:pump: " + wrong + ". Usage: fg:pump [-f] [-n COUNT] NAME [SPEED]",
                assertThrows(IllegalArgumentException.class, () -> read(words)).getMessage());
    }

    @Test
    void saysThatSeveralAreAllowedOrNone() {
        assertEquals(
                "fg:read: one POINT or more is needed. Usage: fg:read POINT…", failure(Usage.of("fg:read POINT…")));
        assertEquals("fg:up: it takes no arguments, got \"x\". Usage: fg:up", failure(Usage.of("fg:up"), "x"));
        assertEquals("fg:up: there is no option -x, only --help. Usage: fg:up", failure(Usage.of("fg:up"), "-x"));
        assertEquals(
                "fg:up: an argument has no value, maybe a variable that is not set. Usage: fg:up",
                failure(Usage.of("fg:up"), (String) null));
    }

    @Test
    void namesTheCommandWhenItDoesNotLikeAValue() {
        Usage usage = Usage.of(TEXT);
        assertEquals(
                "fg:pump: --lines takes a whole number from 1 to 9, got \"ten\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> usage.answer(
                                        new String[] {"-n", "ten", "x"},
                                        given -> Integer.toString(given.number("--lines", 1, 9, 1))))
                        .getMessage());
        assertEquals(
                "fg:pump: --lines takes a whole number from 1 to 9, got \"10\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> usage.answer(
                                        new String[] {"-n", "10", "x"},
                                        given -> Integer.toString(given.number("--lines", 1, 9, 1))))
                        .getMessage());
    }

    private static String read(String... given) throws Exception {
        return Usage.of(TEXT)
                .answer(given, arguments -> arguments.operands() + " " + new java.util.TreeMap<>(arguments.options()));
    }

    private static String failure(Usage usage, String... given) {
        return assertThrows(IllegalArgumentException.class, () -> usage.answer(given, arguments -> ""))
                .getMessage();
    }
}
