package io.fieldgate.itest.attack;

import java.util.ArrayList;
import java.util.List;

/** Paths that try to leave a folder, in each way to write it. */
public final class Traversal {

    private static final List<String> UP = List.of(
            "../",
            "%2e%2e/",
            "%2E%2E%2F",
            ".%2e/",
            "..%2f",
            "%252e%252e%252f",
            "..%252f",
            "%25252e%25252e/",
            "..\\",
            "..%5c",
            "%2e%2e%5c",
            "%c0%ae%c0%ae/",
            "%c0%ae%c0%ae%c0%af",
            "..%c0%af",
            "%e0%80%ae%e0%80%ae/",
            "%u002e%u002e/",
            "..;/",
            "..;a=b/",
            ";/../",
            "%2e%2e;/",
            "..%3b/",
            "....//",
            "..././",
            "..%00/",
            "%00/../",
            "./../",
            "/../",
            "//../",
            "..%0a/",
            "..%20/",
            "..%09/",
            "\u00c0\u00ae\u00c0\u00ae/",
            "%ef%bc%8e%ef%bc%8e/");

    private static final List<String> WHOLE = List.of(
            "/%2fetc/passwd",
            "//etc/passwd",
            "/file:///etc/passwd",
            "/C:\\Windows\\win.ini",
            "/.",
            "/..",
            "/%2e%2e",
            "/..%2f",
            "/index.html%00.txt",
            "/index.html/",
            "/index.html%20",
            "/index.html.",
            "/index.html::$DATA",
            "/index.html/../../secret.txt",
            "/link/secret.txt",
            "/nul%00",
            "/~root/",
            "/.git/config");

    private Traversal() {}

    /**
     * All that lead out of a folder.
     *
     * @param mount where it is served
     * @param secret a file one folder above it
     */
    public static List<String> from(String mount, String secret) {
        List<String> paths = new ArrayList<>();
        for (String up : UP) {
            paths.add(mount + '/' + up + secret);
            paths.add(mount + '/' + up.repeat(12) + "etc/passwd");
        }
        for (String whole : WHOLE) {
            paths.add(mount + whole);
        }
        return paths;
    }
}
