package io.fieldgate.shell;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the socket lies: {@code data/shell/socket} in the home, or in a folder for temporary files if that path is longer than
 * the system allows. The folder is for its owner alone, from before the socket exists; the socket's own mode comes too late.
 */
final class SocketFile {

    /** What fits into {@code sun_path} of {@code unix(7)} with its end. */
    private static final int PATH_MAX = 107;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path socket;
    private final Path record;
    private final boolean temporary;

    private SocketFile(Path socket, Path record, boolean temporary) {
        this.socket = socket;
        this.record = record;
        this.temporary = temporary;
    }

    /**
     * Makes the folder and removes a socket that was left behind.
     *
     * @param home the home of the gateway
     */
    static SocketFile in(Path home) throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        Path record = data.resolve("shell.path");
        FileAttribute<Set<PosixFilePermission>> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        Path folder = data.resolve("shell");
        boolean temporary = tooLong(folder.resolve("socket"));
        if (temporary) {
            folder = Files.createTempDirectory("fieldgate-shell-", ownerOnly);
        } else if (Files.isDirectory(folder)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        } else {
            Files.createDirectory(folder, ownerOnly);
        }
        Path socket = folder.resolve("socket");
        if (tooLong(socket)) {
            Files.delete(folder);
            throw new IOException("the path of the shell's socket is too long: " + socket);
        }
        Files.deleteIfExists(socket);
        return new SocketFile(socket, record, temporary);
    }

    /** The address to listen on. */
    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(socket);
    }

    /** Writes down the path where the client looks for it, once the socket is there. */
    void publish() throws IOException {
        Path whole = Files.createTempFile(record.getParent(), "shell", ".tmp");
        Files.writeString(whole, socket.toString());
        Files.move(whole, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the socket and what was written down of it. */
    void remove() throws IOException {
        Files.deleteIfExists(socket);
        if (temporary) {
            Files.deleteIfExists(socket.getParent());
        }
        Files.deleteIfExists(record);
    }

    @Override
    public String toString() {
        return socket.toString();
    }

    private static boolean tooLong(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_MAX;
    }
}
