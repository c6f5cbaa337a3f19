package io.fieldgate.itest.malformed;

import java.util.List;
import java.util.Locale;

/**
 * Status line and headers of an answer.
 *
 * @param lines without their ends; the first is the status line
 */
public record Head(List<String> lines) {

    /** The status; fails if the first line is none of HTTP/1.1. */
    public int status() {
        String line = lines.get(0);
        if (!line.matches("HTTP/1\\.1 [1-5]\\d\\d( .*)?")) {
            throw new AssertionError("not a status line: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    /** All values of a header, in order. */
    public List<String> values(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ':';
        return lines.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    /** Bytes of the body. */
    public int contentLength() {
        return values("Content-Length").stream()
                .findFirst()
                .map(Integer::parseInt)
                .orElse(0);
    }
}
