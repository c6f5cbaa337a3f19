package io.fieldgate.driver.serial;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A port and how its line is set, checked.
 *
 * @param path the device file, or a link to it
 * @param baud bits a second
 * @param dataBits 5 to 8
 * @param parity none, even, odd, mark or space
 * @param stopBits 1 or 2
 * @param flow who says that it can take no more
 */
record PortSettings(Path path, int baud, int dataBits, Parity parity, int stopBits, Flow flow) {

    /** The bit that checks the others. */
    enum Parity {
        NONE,
        EVEN,
        ODD,
        MARK,
        SPACE
    }

    /** Flow control. */
    enum Flow {
        NONE,
        RTS_CTS,
        XON_XOFF
    }

    PortSettings {
        within("baud", baud, 50, 4_000_000);
        within("data.bits", dataBits, 5, 8);
        within("stop.bits", stopBits, 1, 2);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "port=" + path + " is not allowed: it must be a device file such as /dev/ttyUSB0");
        }
    }

    static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    key + "=" + value + " is not allowed: it must be a whole number from " + min + " to " + max);
        }
        return value;
    }

    /** The constant that a word stands for: its name in lower case, {@code -} for {@code _}. */
    static <E extends Enum<E>> E choice(String key, String word, Class<E> choices) {
        List<String> words = List.of(choices.getEnumConstants()).stream()
                .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = words.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException(
                    key + "=" + word + " is not allowed: it must be one of " + String.join(", ", words));
        }
        return choices.getEnumConstants()[index];
    }
}
