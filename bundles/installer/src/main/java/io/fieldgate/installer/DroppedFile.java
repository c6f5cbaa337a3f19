package io.fieldgate.installer;

import java.nio.file.Path;

/**
 * A file of {@code deploy/} as it was when it was read.
 *
 * @param file where it lies
 * @param modified when it was last modified, in milliseconds since 1970
 * @param jar what was in it
 */
record DroppedFile(Path file, long modified, BundleFile jar) {

    /** The file's name. */
    String name() {
        return String.valueOf(file.getFileName());
    }
}
