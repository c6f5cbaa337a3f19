package io.fieldgate.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    private static Layout layout(String settings) {
        return Layout.of(TableLine.of("registers", "x " + settings), Table.HOLDING);
    }

    private static int[] words(String hex) {
        return java.util.Arrays.stream(hex.split(" "))
                .mapToInt(word -> Integer.parseInt(word, 16))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "type=int16, FFFE, -2",
        "type=uint16, FFFE, 65534",
        "type=int32, FFFF FFFE, -2",
        "type=uint32, FFFF FFFE, 4294967294",
        "type=uint32 word-order=little, 0001 0002, 131073",
        "type=uint32 byte-order=little, 0100 0200, 65538",
        "type=uint32 word-order=little byte-order=little, 0100 0200, 131073",
        "type=int64, FFFF FFFF FFFF FFFE, -2",
        "type=uint64, 7FFF FFFF FFFF FFFF, 9223372036854775807",
        "type=bits bit=4 length=3, 00A5, 2",
    })
    void readsAndWritesWholeNumbers(String settings, String hex, long number) {
        Layout layout = layout(settings);

        assertEquals(Optional.of(Value.of(number)), layout.decode(words(hex)));
        int mask = layout.mask();
        int[] expected =
                java.util.Arrays.stream(words(hex)).map(word -> word & mask).toArray();
        assertArrayEquals(expected, layout.encode(Value.of(number)));
    }

    @ParameterizedTest
    @CsvSource({
        "type=float32, 41AC 0000, 21.5",
        "type=float32, 41AA 6666, 21.3",
        "type=float32 word-order=little, 0000 41AC, 21.5",
        "type=float64, 4035 8000 0000 0000, 21.5",
        "type=int16 scale=0.1, 00D5, 21.3",
        "type=int16 scale=0.1 offset=-40, 00D5, -18.7",
        "type=uint64 scale=1, FFFF FFFF FFFF FFFF, 18446744073709551615",
    })
    void readsAndWritesDecimals(String settings, String hex, double number) {
        Layout layout = layout(settings);

        assertEquals(Optional.of(Value.of(number)), layout.decode(words(hex)));
        if (number < 1e15) {
            assertArrayEquals(words(hex), layout.encode(Value.of(number)));
        }
    }

    @Test
    void aNumberBeyondSixtyThreeBitsIsNone() {
        assertEquals(Optional.empty(), layout("type=uint64").decode(words("8000 0000 0000 0000")));
    }

    @Test
    void readsAndWritesText() {
        Layout layout = layout("type=string length=3");

        assertEquals(Optional.of(Value.of("FIELD")), layout.decode(words("4649 454C 4400")));
        assertArrayEquals(words("4649 454C 4400"), layout.encode(Value.of("FIELD")));
        assertThrows(IllegalArgumentException.class, () -> layout.encode(Value.of("FIELDGATE")));
    }

    @ParameterizedTest
    @CsvSource({"type=int16, 32768", "type=uint16, -1", "type=uint32, 4294967296", "type=bits bit=12, 16"})
    void refusesWhatDoesNotFit(String settings, long number) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> layout(settings).encode(Value.of(number)));
        assertTrue(refusal.getMessage().contains("which takes"), refusal::getMessage);
    }
}
