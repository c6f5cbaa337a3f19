package io.fieldgate.transport.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a file that a request asks for (RFC 9110, 14.2), in its order.
 *
 * @param parts those that the file has; none if it has none of them
 */
record Ranges(List<Part> parts) {

    /** More than so many parts are not worth it: all is sent instead (RFC 9110, 14.2 and 17.15). */
    static final int PARTS_MAX = 16;

    private static final Pattern SPEC = Pattern.compile("(\\d*)-(\\d*)");

    /** More digits than these do not fit a {@code long}, and no file has so many bytes. */
    private static final int DIGITS_MAX = 18;

    /**
     * One part.
     *
     * @param offset of its first byte
     * @param length in bytes
     */
    record Part(long offset, long length) {

        /** What {@code Content-Range} says of it (RFC 9110, 14.4). */
        String contentRange(long size) {
            return "bytes " + offset + '-' + (offset + length - 1) + '/' + size;
        }
    }

    /**
     * Reads the header {@code Range}.
     *
     * @param header its value
     * @param size of the file, in bytes
     * @return nothing if the header is to be ignored, and all of the file sent
     */
    static Optional<Ranges> of(String header, long size) {
        String text = header.strip();
        if (!text.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        String[] specs = text.substring("bytes=".length()).split(",", PARTS_MAX + 2);
        if (specs.length > PARTS_MAX) {
            return Optional.empty();
        }
        long total = 0;
        for (String spec : specs) {
            Matcher bounds = SPEC.matcher(spec.strip());
            if (!bounds.matches() || !isMeant(bounds)) {
                return Optional.empty();
            }
            Part part = part(bounds, size);
            if (part.length() > 0) {
                parts.add(part);
                total += part.length();
            } else if (bounds.group(1).isEmpty() && number(bounds.group(2)) > 0) {
                return Optional.empty(); // the end of an empty file: no Content-Range could say so
            }
        }
        boolean repeats = parts.size() > 1 && total > size;
        return repeats ? Optional.empty() : Optional.of(new Ranges(List.copyOf(parts)));
    }

    private static boolean isMeant(Matcher bounds) {
        boolean first = !bounds.group(1).isEmpty();
        boolean last = !bounds.group(2).isEmpty();
        return first ? !last || number(bounds.group(1)) <= number(bounds.group(2)) : last;
    }

    private static Part part(Matcher bounds, long size) {
        if (bounds.group(1).isEmpty()) {
            long length = Math.min(number(bounds.group(2)), size);
            return new Part(size - length, length);
        }
        long offset = number(bounds.group(1));
        long end = bounds.group(2).isEmpty() ? size : Math.min(number(bounds.group(2)) + 1, size);
        return new Part(offset, end - offset);
    }

    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=\\d)", "");
        return significant.length() > DIGITS_MAX ? Long.MAX_VALUE / 2 : Long.parseLong(significant);
    }
}
