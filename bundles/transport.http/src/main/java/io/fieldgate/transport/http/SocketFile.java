package io.fieldgate.transport.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Unix domain socket, for a proxy in front.
 *
 * @param path where it lies
 * @param mode who may read and write it, three octal digits; a client must be allowed to write
 * @param group the group that it is given to; empty to leave it as it is
 */
record SocketFile(Path path, String mode, String group) implements Place {

    /** What fits into {@code sun_path} of {@code unix(7)} with its end. */
    private static final int PATH_MAX_BYTES = 107;

    private static final Pattern MODE = Pattern.compile("[0-7]{3}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the path is too long, or the mode is none
     */
    SocketFile {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PATH_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "socket must be a path of at most " + PATH_MAX_BYTES + " bytes, is " + path + " with " + bytes);
        }
        if (!MODE.matcher(mode).matches()) {
            throw new IllegalArgumentException("mode must be three octal digits such as 660, is \"" + mode + '"');
        }
    }

    @Override
    public List<UnixDomainSocketAddress> sockets() {
        return List.of(UnixDomainSocketAddress.of(path));
    }

    /** It counts as this machine: whom the mode of its folder and its own let in. */
    @Override
    public boolean isLoopback() {
        return true;
    }

    @Override
    public String url(String scheme, int localPort) {
        return toString();
    }

    /** Makes the socket, in place of one that a crash has left behind. */
    ServerSocketChannel open(int backlog) throws IOException {
        removeIfNobodyAnswers();
        if (!Files.isDirectory(path.getParent())) {
            throw new IOException("there is no folder " + path.getParent());
        }
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), backlog);
            allow();
            return channel;
        } catch (UnsupportedOperationException e) {
            channel.close();
            throw new IOException("this file system knows no modes and groups", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What tells this file from another of the same name that may come later. */
    Object identity() throws IOException {
        return String.valueOf(Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
    }

    /** Gives the file to its group, and lets in whom the mode says. */
    void allow() throws IOException {
        if (!group.isEmpty()) {
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setGroup(
                            path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
        }
        Files.setPosixFilePermissions(path, permissions());
    }

    private Set<PosixFilePermission> permissions() {
        int bits = Integer.parseInt(mode, 8);
        StringBuilder letters = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            letters.append((bits >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return EnumSet.copyOf(PosixFilePermissions.fromString(letters.toString()));
    }

    private void removeIfNobodyAnswers() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is a file of that name that is no socket");
        }
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.configureBlocking(false); // a queue that is full must not hold this up
            client.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            Files.deleteIfExists(path);
            return;
        }
        throw new IOException("address already in use");
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }
}
