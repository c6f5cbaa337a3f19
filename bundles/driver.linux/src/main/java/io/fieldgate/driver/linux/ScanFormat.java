package io.fieldgate.driver.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of one scan lie in a buffer of Industrial I/O: in the order of their indices, each at a multiple of its own size, and the whole at
 * a multiple of the largest (Documentation/iio/iio_devbuf.rst).
 */
final class ScanFormat {

    private static final Pattern TYPE = Pattern.compile("(be|le):([su])(\\d+)/(\\d+)(?:X(\\d+))?(?:>>(\\d+))?");
    private static final int BYTE = 8;

    /** One value: which, and how it is stored. */
    private record Element(
            String channel, int index, ByteOrder order, boolean signed, int bits, int bytes, int shift) {}

    private final List<Element> elements = new ArrayList<>();

    /**
     * Adds a channel.
     *
     * @param channel such as {@code voltage0} or {@code timestamp}
     * @param index where it comes in a scan
     * @param type what the kernel says of it, such as {@code le:s12/16>>4}
     * @throws IllegalArgumentException if the type cannot be read
     */
    void add(String channel, int index, String type) {
        Matcher parts = TYPE.matcher(type);
        if (!parts.matches()) {
            throw new IllegalArgumentException(channel + " has a type that is not understood: \"" + type + '"');
        }
        int storage = Integer.parseInt(parts.group(4));
        if (parts.group(5) != null && !parts.group(5).equals("1")) {
            throw new IllegalArgumentException(channel + " has several values in one, which is not read: " + type);
        }
        if (storage != 8 && storage != 16 && storage != 32 && storage != 64) {
            throw new IllegalArgumentException(channel + " is stored in " + storage + " bits, which is not read");
        }
        elements.add(new Element(
                channel,
                index,
                parts.group(1).equals("be") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                parts.group(2).equals("s"),
                Integer.parseInt(parts.group(3)),
                storage / BYTE,
                parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6))));
        elements.sort(Comparator.comparingInt(Element::index));
    }

    /** The channels, in the order of {@link #values}. */
    List<String> channels() {
        return elements.stream().map(Element::channel).toList();
    }

    /** The bytes of one scan. */
    int bytes() {
        int end = 0;
        int largest = 1;
        for (Element element : elements) {
            end = aligned(end, element.bytes()) + element.bytes();
            largest = Math.max(largest, element.bytes());
        }
        return aligned(end, largest);
    }

    private static int aligned(int position, int size) {
        return (position + size - 1) / size * size;
    }

    /** Reads the numbers of the scan that begins at a position. */
    long[] values(ByteBuffer buffer, int begin) {
        long[] values = new long[elements.size()];
        int position = 0;
        for (int i = 0; i < values.length; i++) {
            Element element = elements.get(i);
            position = aligned(position, element.bytes());
            values[i] = value(element, buffer, begin + position);
            position += element.bytes();
        }
        return values;
    }

    private static long value(Element element, ByteBuffer buffer, int at) {
        buffer.order(element.order());
        long stored = switch (element.bytes()) {
            case 1 -> buffer.get(at);
            case 2 -> buffer.getShort(at);
            case 4 -> buffer.getInt(at);
            default -> buffer.getLong(at);
        };
        int unused = Long.SIZE - element.bits();
        long shifted = (stored >>> element.shift()) << unused;
        return element.signed() ? shifted >> unused : shifted >>> unused;
    }
}
