package io.fieldgate.transport.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The part of a request's path that names a file: decoded once, and with nothing in it that could lead anywhere else.
 *
 * <p>A segment must not be empty, begin with a dot, or hold a slash, a backslash or a control character, however they are
 * written. So there is neither {@code ..} nor a hidden file, and what looks encoded after decoding is a name like any other.
 *
 * @param name segments joined by slashes, without one at either end; empty for the mounted folder itself
 * @param folder whether the path ended with a slash
 */
record RequestPath(String name, boolean folder) {

    /** What file systems allow at most for a path. */
    private static final int LENGTH_MAX = 4096;

    /** What file systems allow at most for a name, in bytes. */
    private static final int SEGMENT_MAX_BYTES = 255;

    /**
     * Reads the path of a request.
     *
     * @param raw as it was sent, without the query
     * @param mount where the folder is mounted, {@code /} or without a slash at its end
     * @return nothing if it cannot be the path of a file there
     */
    static Optional<RequestPath> of(String raw, String mount) {
        if (raw.length() > LENGTH_MAX || !raw.startsWith("/") || raw.indexOf(';') >= 0) {
            return Optional.empty();
        }
        String[] segments = raw.substring(1).split("/", -1);
        boolean folder = segments[segments.length - 1].isEmpty();
        StringBuilder path = new StringBuilder(raw.length());
        for (int i = 0; i < segments.length - (folder ? 1 : 0); i++) {
            Optional<String> segment = decoded(segments[i]).filter(RequestPath::isName);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            path.append('/').append(segment.get());
        }
        return below(path.toString(), mount).map(name -> new RequestPath(name, folder));
    }

    /** Whether a text can be one segment of a path, and is no hidden one. */
    static boolean isName(String segment) {
        if (segment.isEmpty() || segment.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < ' ' || c == 0x7f || c == '/' || c == '\\') {
                return false;
            }
        }
        return segment.length() <= SEGMENT_MAX_BYTES
                && segment.getBytes(StandardCharsets.UTF_8).length <= SEGMENT_MAX_BYTES;
    }

    /** The last segment. */
    String last() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of something in this folder. */
    String child(String child) {
        return name.isEmpty() ? child : name + '/' + child;
    }

    private static Optional<String> below(String path, String mount) {
        String prefix = mount.equals("/") ? "" : mount;
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        if (rest.isEmpty()) {
            return Optional.of("");
        }
        return rest.charAt(0) == '/' ? Optional.of(rest.substring(1)) : Optional.empty();
    }

    /** Decodes once (RFC 3986, 2.1); nothing if that is no UTF-8 or a percent sign has no two digits behind it. */
    private static Optional<String> decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return Optional.of(segment);
        }
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                if (i + 2 >= segment.length()
                        || !HexFormat.isHexDigit(segment.charAt(i + 1))
                        || !HexFormat.isHexDigit(segment.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) HexFormat.fromHexDigits(segment, i + 1, i + 3));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
