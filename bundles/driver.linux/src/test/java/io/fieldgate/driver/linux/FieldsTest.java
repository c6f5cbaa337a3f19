package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "  42, 42", "-7 x, -7", "9223372036854775807, 9223372036854775807", "3/9, 3"})
    void readsWholeNumbers(String text, long number) throws UnreadableException {
        assertEquals(number, fields(text).number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "4x", "1.5", "9223372036854775808", "99999999999999999999999", "\n1", "٣"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThrows(UnreadableException.class, fields(text)::number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "NaN", "Infinity", "1,5"})
    void refusesWhatIsNoDecimal(String text) {
        assertThrows(UnreadableException.class, fields(text)::decimal);
    }

    @Test
    void neverGoesPastTheEndOfALine() {
        Fields fields = fields("a b\nc d");

        assertEquals("b", fields.skip(1).word());
        assertEquals("", fields.word());
        assertEquals("", fields.skip(5).word());
        assertTrue(fields.nextLine());
        assertEquals("c", fields.word());
        assertFalse(fields.nextLine());
        assertEquals("", fields.word());
    }

    @Test
    void findsALineByAWholeWord() throws UnreadableException {
        Fields fields = fields("cpu0 1\ncpux 2\ncpu 3\n");

        assertTrue(fields.find(0, "cpu"));
        assertEquals(3, fields.number());
        assertFalse(fields.find(0, "cpu0"), "it looks from where it stands");
    }

    @Test
    void findsALineByALaterWord() throws UnreadableException {
        Fields fields = fields(" 8 0 sda 1\n 8 1 sda1 2\n");

        assertTrue(fields.find(2, "sda1"));
        assertEquals(2, fields.number());
        assertFalse(fields(" 8 0\nsda").find(2, "sda"));
    }

    @Test
    void cutsTheTextOfALineWithoutTheBlanksAndNulsAroundIt() throws UnreadableException {
        assertEquals("a: b/c", fields("  a: b/c \0\n").text());
        assertEquals(256, fields("x".repeat(1000)).text().length());
    }

    private static Fields fields(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Fields(bytes, bytes.length);
    }
}
