package io.fieldgate.driver.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Asks how full the file system at a folder is. */
@FunctionalInterface
interface SpaceProbe {

    /**
     * The room of a file system, in bytes.
     *
     * @param total its size
     * @param free what nothing is kept in
     * @param available what of the free room programs without privileges may use
     */
    record Space(long total, long free, long available) {}

    /**
     * Asks now.
     *
     * @throws IOException if the folder is not there, or will not say
     */
    Space at(Path folder) throws IOException;

    /** Asks the operating system: one call each, without a look at the list of mounts, which a FileStore takes. */
    static Space ofSystem(Path folder) throws IOException {
        File file = folder.toFile();
        long total = file.getTotalSpace();
        if (total == 0) {
            throw new NoSuchFileException(folder.toString());
        }
        return new Space(total, file.getFreeSpace(), file.getUsableSpace());
    }
}
