package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of 1 kB that each server has in a folder. */
final class StaticFile {

    /** Its path below the root of a server. */
    static final String PATH = "/static/page.txt";

    private static final int BYTES = 1_024;

    private StaticFile() {}

    /**
     * Writes it.
     *
     * @param folder the root that a server serves
     */
    static void write(Path folder) throws IOException {
        Path file = folder.resolve(PATH.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "0123456789abcde\n".repeat(BYTES / 16));
    }
}
