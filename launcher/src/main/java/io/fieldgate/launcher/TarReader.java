package io.fieldgate.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive from front to back (POSIX.1-2017, pax: ustar and pax headers; and GNU's long names). Whoever uses it decides which
 * entries are good.
 */
final class TarReader {

    private static final int BLOCK = 512;
    private static final int NAME_MAX_BYTES = 64 * 1024;
    private static final String CUT = "it is cut off";

    private final InputStream in;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** What an entry is. */
    enum Kind {
        FILE,
        FOLDER,
        /** A link, a device, or anything else. */
        OTHER
    }

    /**
     * One entry.
     *
     * @param name its path as it stands in the archive
     * @param size bytes that follow
     * @param executable whether its owner may run it
     */
    record Entry(String name, Kind kind, long size, boolean executable) {}

    /**
     * Goes to the next entry; what is left of the one before is read past.
     *
     * @return the entry, or nothing at the end of the archive
     * @throws IOException if the archive is not whole, or no archive
     */
    Optional<Entry> next() throws IOException {
        Map<String, String> further = new HashMap<>();
        while (true) {
            skipRest();
            byte[] header = block();
            if (isZero(header)) {
                return Optional.empty();
            }
            check(header);
            long size = number(header, 124, 12);
            char type = (char) (header[156] & 0xff);
            switch (type) {
                case 'x' -> pax(text(size), further);
                case 'g' -> text(size);
                case 'L' -> further.put("path", text(size).replaceFirst("\0.*", ""));
                case 'K' -> text(size);
                default -> {
                    return Optional.of(entry(header, type, size, further));
                }
            }
        }
    }

    /** Reads of the entry that it is at; as {@link InputStream#read(byte[])} does. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw cut();
        }
        left -= count;
        return count;
    }

    private Entry entry(byte[] header, char type, long headerSize, Map<String, String> further) throws IOException {
        String prefix = isUstar(header) ? field(header, 345, 155) : "";
        String plain = (prefix.isEmpty() ? "" : prefix + '/') + field(header, 0, 100);
        String name = further.getOrDefault("path", plain);
        Kind kind = switch (type) {
            case '0', '\0', '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
            case '5' -> Kind.FOLDER;
            default -> Kind.OTHER;
        };
        long size = kind == Kind.FILE ? size(further, headerSize) : 0;
        begin(kind == Kind.FILE ? size : kind == Kind.OTHER ? headerSize : 0);
        return new Entry(name, kind, size, (number(header, 100, 8) & 0100) != 0);
    }

    private static long size(Map<String, String> further, long size) throws IOException {
        String given = further.get("size");
        if (given == null) {
            return size;
        }
        if (!given.matches("[0-9]{1,18}")) {
            throw broken();
        }
        return Long.parseLong(given);
    }

    private void begin(long size) {
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private void skipRest() throws IOException {
        try {
            in.skipNBytes(left + padding);
        } catch (EOFException e) {
            throw new IOException(CUT, e);
        }
        left = 0;
        padding = 0;
    }

    /** Records of the form {@code LENGTH KEY=VALUE\n}; the length is that of the whole record in bytes. */
    private static void pax(String text, Map<String, String> further) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int space = at;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            String digits = new String(bytes, at, space - at, StandardCharsets.US_ASCII);
            int end = digits.matches("[0-9]{1,6}") ? at + Integer.parseInt(digits) : -1;
            if (end <= space + 1 || end > bytes.length || bytes[end - 1] != '\n') {
                throw broken();
            }
            String[] record = new String(bytes, space + 1, end - space - 2, StandardCharsets.UTF_8).split("=", 2);
            if (record.length != 2) {
                throw broken();
            }
            further.put(record[0], record[1]);
            at = end;
        }
    }

    private String text(long size) throws IOException {
        if (size > NAME_MAX_BYTES) {
            throw broken();
        }
        begin(size);
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw cut();
        }
        left = 0;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw cut();
        }
        return block;
    }

    /** The sum of the header's bytes, with blanks in place of the sum itself. */
    private static void check(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != number(header, 148, 8)) {
            throw broken();
        }
    }

    private static long number(byte[] header, int from, int length) throws IOException {
        String digits = field(header, from, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw broken();
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String field(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isUstar(byte[] header) {
        return new String(header, 257, 6, StandardCharsets.US_ASCII).equals("ustar\0");
    }

    private static boolean isZero(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static IOException cut() {
        return new IOException(CUT);
    }

    private static IOException broken() {
        return new IOException("it is no tar archive, or a damaged one");
    }
}
