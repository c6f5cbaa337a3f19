package io.fieldgate.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Figures that tests measure but do not judge, kept under {@code target/reports/}. */
final class Figures {

    private Figures() {}

    static void note(String report, String line) throws IOException {
        Path file = Files.createDirectories(Path.of("target/reports")).resolve(report + ".txt");
        Files.writeString(file, line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
