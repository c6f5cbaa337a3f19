package io.fieldgate.itest;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** A program that looks for holes, as Debian packages it. */
enum Scanner {
    SLOWHTTPTEST,
    SSLSCAN,
    TESTSSL;

    /** Its name as a command. Where it is not installed the test is skipped, unless a build server runs it. */
    String command() {
        String name = name().toLowerCase(Locale.ROOT);
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!installed) {
            String message = name + " is not installed: the gateway is not tried with it";
            if (System.getenv("CI") != null) {
                throw new AssertionError(message);
            }
            abort(message);
        }
        return name;
    }
}
