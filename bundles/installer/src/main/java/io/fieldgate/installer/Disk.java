package io.fieldgate.installer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that each is there whole, old or new, whenever the power goes. */
final class Disk {

    /** Ends the name of a file that is not whole yet. */
    static final String TEMPORARY = ".tmp";

    private final Edges edges;

    Disk(Edges edges) {
        this.edges = edges;
    }

    /** Replaces a file, and returns when that is safely on the disk. */
    void write(Path file, byte[] content, String what) throws IOException {
        edges.at(what + ".begin");
        Path temporary = Files.createTempFile(folder(file), "", TEMPORARY);
        try {
            Files.write(temporary, content);
            move(temporary, file, what);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a file its name, in the folder that it lies in, when all of it is on the disk. */
    void move(Path temporary, Path file, String what) throws IOException {
        sync(temporary, StandardOpenOption.WRITE);
        edges.at(what + ".written");
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        edges.at(what + ".renamed");
        sync(folder(file), StandardOpenOption.READ);
        edges.at(what + ".done");
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return folder;
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
