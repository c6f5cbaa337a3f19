package io.fieldgate.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code data/security}, which is for its owner alone. A file in it is there whole, old or new, whenever the power
 * goes.
 *
 * <p><b>Threading.</b> Files of different names may be used by different threads; one file by one thread at a time.
 */
final class PrivateFolder {

    static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;

    private PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder; makes it if there is none, and shuts others out if they could get in. */
    static PrivateFolder open(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        close(folder, OWNER_FOLDER);
        return new PrivateFolder(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    /** What a file holds, or empty if there is none of that name. */
    Optional<byte[]> read(String name) throws IOException {
        Path file = file(name);
        try {
            byte[] content = Files.readAllBytes(file);
            close(file, OWNER_FILE.value());
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces a file, and returns when that is safely on the disk. */
    void write(String name, byte[] content) throws IOException {
        Path whole = Files.createTempFile(folder, name, ".tmp", OWNER_FILE);
        try {
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(whole, file(name));
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Renames a file that cannot be used, for a person to look at. */
    void putAside(String name, String aside) throws IOException {
        move(file(name), file(aside));
    }

    void delete(String name) throws IOException {
        if (Files.deleteIfExists(file(name))) {
            sync();
        }
    }

    private void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    private void sync() throws IOException {
        try (FileChannel entries = FileChannel.open(folder)) {
            entries.force(true);
        }
    }

    private static void close(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
            Files.setPosixFilePermissions(path, permissions);
            LOG.warn(
                    "{} could be read by other users of this machine; now it cannot. Renew what is secret in it", path);
        }
    }
}
