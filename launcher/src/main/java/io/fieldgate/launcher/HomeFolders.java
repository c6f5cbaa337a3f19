package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Creates what is missing of a home, and leaves alone what is there. */
final class HomeFolders {

    private final Home home;

    HomeFolders(Home home) {
        this.home = home;
    }

    /** Creates {@code data/}, which its owner alone may read: the log lies in it, and the way to the shell. */
    void createData() throws IOException {
        if (!Files.isDirectory(home.data())) {
            Files.createDirectories(home.root());
            createPrivately(home.data());
        }
    }

    /**
     * Creates the other folders and the default configuration files.
     *
     * <p>Each default file is written once in the life of a home: one that was deleted later was deleted on purpose.
     *
     * @param defaults the folder of the distribution with the default files
     */
    void create(Path defaults) throws IOException {
        createData();
        Files.createDirectories(home.etc());
        Files.createDirectories(home.deploy());
        Files.createDirectories(home.log());
        Files.createDirectories(home.archive());
        Set<String> written = written();
        if (written.addAll(copyMissing(defaults, written))) {
            Files.write(home.defaultsWritten(), written);
        }
    }

    private Set<String> written() throws IOException {
        return Files.exists(home.defaultsWritten())
                ? new LinkedHashSet<>(Files.readAllLines(home.defaultsWritten()))
                : new LinkedHashSet<>();
    }

    private List<String> copyMissing(Path defaults, Set<String> written) throws IOException {
        if (!Files.isDirectory(defaults)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(defaults)) {
            files = listed.sorted()
                    .filter(file -> !written.contains(file.getFileName().toString()))
                    .toList();
        }
        for (Path file : files) {
            copyUnlessThere(file, home.etc().resolve(file.getFileName()));
        }
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    private static void copyUnlessThere(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.write(to, Files.readAllBytes(from));
        }
    }

    /** Creates a folder that its owner alone may enter. */
    static void createPrivately(Path folder) throws IOException {
        FileAttribute<?>[] ownerOnly =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createDirectory(folder, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            // A second start on the same home was a moment faster; the lock decides which of the two goes on.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
