package io.fieldgate.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The installer's own copies of jars, by SHA-256, so that what was checked is what is installed. Each file is there whole or
 * not at all, whenever the power goes. Beside a jar may lie a mark that says why its start failed.
 *
 * <p><b>Threading.</b> For one thread at a time.
 */
final class Store {

    private static final String JAR = ".jar";
    private static final String FAILED = ".failed";
    private static final String TEMPORARY = ".tmp";
    private static final int CHUNK = 64 * 1024;

    private final Path folder;

    Store(Path folder) {
        this.folder = folder;
    }

    /**
     * A jar of the store.
     *
     * @param sha256 SHA-256 of the jar, in hexadecimal
     * @param jar the file, which nobody changes
     */
    record Entry(String sha256, Path jar) {}

    /** Copies a file, unless the store has it already, and returns when it is safely on the disk. */
    Entry put(Path file) throws IOException {
        Files.createDirectories(folder);
        Entry known = entry(sha256(file));
        if (Files.isRegularFile(known.jar()) && sha256(known.jar()).equals(known.sha256())) {
            return known;
        }
        Path temporary = Files.createTempFile(folder, "", TEMPORARY);
        try {
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            // Hashed again: the file may have changed since, and then it is another jar.
            Entry copied = entry(sha256(temporary));
            moveInto(copied.jar(), temporary);
            return copied;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Notes that a jar could not be started, so that it is not tried again until its file changes. */
    void markFailed(String sha256, long modified, String reason) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "", TEMPORARY);
        try {
            Files.writeString(temporary, modified + "\n" + reason + "\n");
            moveInto(folder.resolve(sha256 + FAILED), temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Why a jar was marked, or empty if it was not or its file has been touched since. */
    Optional<String> failure(String sha256, long modified) throws IOException {
        Path mark = folder.resolve(sha256 + FAILED);
        if (!Files.isRegularFile(mark)) {
            return Optional.empty();
        }
        String[] lines = Files.readString(mark).split("\n", 2);
        return lines.length == 2 && lines[0].equals(Long.toString(modified))
                ? Optional.of(lines[1].trim())
                : Optional.empty();
    }

    /** Removes every jar and mark but those of the given hashes, and what an interrupted copy has left. */
    void retain(Set<String> sha256s) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*{.jar,.failed,.tmp}")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!sha256s.contains(name.substring(0, name.lastIndexOf('.')))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Entry entry(String sha256) {
        return new Entry(sha256, folder.resolve(sha256 + JAR));
    }

    private void moveInto(Path target, Path temporary) throws IOException {
        sync(temporary);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    private static void sync(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(ByteBuffer.wrap(chunk, 0, read));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
