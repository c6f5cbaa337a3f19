package io.fieldgate.transport.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the files of one folder are served; checked.
 *
 * @param path where: {@code /}, or a path without a slash at its end
 * @param index the file that stands for its folder
 * @param spa the file that stands for paths that are not there, if any
 * @param listing whether a folder without an index is listed
 * @param caching how long browsers may keep a file
 * @param types content types
 * @param headers of every answer with a file
 */
record MountSettings(
        String path,
        String index,
        Optional<String> spa,
        boolean listing,
        Caching caching,
        MediaTypes types,
        Map<String, String> headers) {

    static final String INDEX = "index.html";

    private static final Pattern HEADER = Pattern.compile("([\\w!#$%&'*+.^`|~-]+):[ \\t]*([\\x20-\\x7e]*)");

    /** What the answer says itself, and no configuration may contradict. */
    private static final List<String> OWN_HEADERS = List.of(
            "accept-ranges",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "date",
            "etag",
            "last-modified",
            "location",
            "transfer-encoding",
            "upgrade",
            "vary");

    /** The settings of what a bundle carries. */
    static MountSettings carried(String path, String spa, List<String> headers) {
        return new MountSettings(
                path(path),
                INDEX,
                Optional.of(spa).filter(file -> !file.isEmpty()).map(file -> file("fieldgate.files.spa", file)),
                false,
                new Caching(0, Caching.HASHED),
                new MediaTypes(List.of()),
                headers(headers));
    }

    /** Checks a path to mount at. */
    static String path(String path) {
        boolean ok = path.equals("/");
        if (path.startsWith("/") && !path.endsWith("/")) {
            ok = List.of(path.substring(1).split("/", -1)).stream()
                    .allMatch(segment -> RequestPath.isName(segment) && segment.indexOf('*') < 0);
        }
        if (!ok) {
            throw new IllegalArgumentException(
                    "path must be / or begin with a slash and not end with one, such as /docs, is \"" + path + '"');
        }
        return path;
    }

    /** Checks the name of a file below the folder. */
    static String file(String key, String file) {
        if (!List.of(file.split("/", -1)).stream().allMatch(RequestPath::isName)) {
            throw new IllegalArgumentException(
                    key + " must be a file of the folder that is not hidden, is \"" + file + '"');
        }
        return file;
    }

    /** Checks header lines. */
    static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher header = HEADER.matcher(line.strip());
            if (!header.matches() || OWN_HEADERS.contains(header.group(1).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("headers must be like X-Frame-Options: DENY and none of "
                        + OWN_HEADERS + ", is \"" + line + '"');
            }
            headers.put(header.group(1), header.group(2));
        }
        return headers;
    }
}
