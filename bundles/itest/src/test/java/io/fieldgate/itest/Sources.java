package io.fieldgate.itest;

import java.nio.file.Path;

/** The sources that the distribution was built from. */
final class Sources {

    private Sources() {}

    /** The root of the project. */
    static Path root() {
        return Path.of(System.getProperty("fieldgate.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }
}
