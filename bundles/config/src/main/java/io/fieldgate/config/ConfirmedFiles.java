package io.fieldgate.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the files said that wait to be confirmed, before they were changed. It is on the disk before the change is in force, so that
 * it outlives a loss of power; files are written beside, forced to the disk and renamed.
 */
final class ConfirmedFiles {

    /** Ending of a file that was taken back. */
    static final String REJECTED = ".unconfirmed";

    /** Ending that says that there was no file. */
    private static final String NONE = ".none";

    private static final String UNFINISHED = ".tmp";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path etc;
    private final Path folder;

    /**
     * Looks at nothing yet.
     *
     * @param folder where to keep the contents; made when it is needed
     */
    ConfirmedFiles(Path etc, Path folder) {
        this.etc = etc;
        this.folder = folder;
    }

    /** Keeps what is to come back. When this returns it is on the disk. */
    void keep(String name, Optional<Content> confirmed) throws IOException {
        Files.createDirectories(folder);
        String kept = confirmed.isPresent() ? name : name + NONE;
        write(folder.resolve(kept), confirmed.map(Content::text).orElse(""), PRIVATE);
        Files.deleteIfExists(folder.resolve(confirmed.isPresent() ? name + NONE : name));
    }

    /** What is in {@code etc/} counts from now on. */
    void forget(String name) throws IOException {
        boolean kept = Files.deleteIfExists(folder.resolve(name));
        if (Files.deleteIfExists(folder.resolve(name + NONE)) || kept) {
            force(folder);
        }
    }

    /**
     * Names of the files that waited when the gateway was killed.
     *
     * @throws IOException if the folder cannot be read
     */
    List<String> waiting() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(UNFINISHED))
                    .map(name -> name.endsWith(NONE) ? name.substring(0, name.length() - NONE.length()) : name)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /**
     * Brings back what is kept of a file; what is there lies beside it afterwards.
     *
     * @throws IOException if {@code etc/} cannot be written; it is kept still
     */
    void restore(String name) throws IOException {
        Path kept = folder.resolve(name);
        // Both are there only after a loss of power at the wrong moment, and then the file is the newer one.
        restore(etc.resolve(name), Files.exists(kept) ? Optional.of(Files.readAllBytes(kept)) : Optional.empty());
        forget(name);
    }

    private static void restore(Path file, Optional<byte[]> before) throws IOException {
        Set<PosixFilePermission> mode = PRIVATE;
        if (Files.exists(file)) {
            if (before.isPresent() && isSame(file, before.get())) {
                return;
            }
            mode = Files.getPosixFilePermissions(file);
            Path beside = file.resolveSibling(file.getFileName() + REJECTED);
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (before.isPresent()) {
            write(file, new String(before.get(), StandardCharsets.UTF_8), mode);
        } else if (Files.deleteIfExists(file)) {
            force(file.getParent());
        }
    }

    private static boolean isSame(Path file, byte[] bytes) throws IOException {
        return Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static void write(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(beside);
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(beside, create, PosixFilePermissions.asFileAttribute(PRIVATE))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(beside, mode);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** Puts the names of a folder on the disk. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
