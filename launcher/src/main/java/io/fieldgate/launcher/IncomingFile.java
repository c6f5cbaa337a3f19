package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A file in {@code data/incoming/} that is on its way to the gateway. It belongs to the gateway's user, whoever runs the command,
 * and goes when this is closed or the process ends in order.
 */
final class IncomingFile implements AutoCloseable {

    /** What a command that was killed has left behind is not of use to anyone after that. */
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private final Path path;
    private final FileChannel channel;
    private final Thread hook = new Thread(this::delete, "fieldgate-incoming");

    private IncomingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes a new file, which only the gateway's user can read.
     *
     * @throws CommandFailure if the gateway would not be able to read it
     */
    static IncomingFile in(Home home) throws CommandFailure, IOException {
        Path folder = home.incoming();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            HomeFolders.createPrivately(folder);
            giveTo(home, folder);
        }
        removeLeftOvers(folder);
        Path path = folder.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".jar");
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        // Kept open from here on, so that nothing that is put in its place is ever written to.
        FileChannel channel =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
        IncomingFile file = new IncomingFile(path, channel);
        try {
            giveTo(home, path);
            return file;
        } catch (CommandFailure | IOException e) {
            file.close();
            throw e;
        }
    }

    private static void giveTo(Home home, Path made) throws CommandFailure, IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes data = Files.readAttributes(home.data(), PosixFileAttributes.class);
        if (view.readAttributes().owner().equals(data.owner())) {
            return;
        }
        try {
            view.setGroup(data.group());
            view.setOwner(data.owner());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the gateway could not read what is copied for it: " + home.data() + " belongs to "
                            + data.owner().getName() + "; run this command as that user, or as root",
                    e);
        }
    }

    private static void removeLeftOvers(Path folder) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LEFT_OVER));
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            if (isOlder(file, limit)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOlder(Path file, FileTime limit) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return !attributes.isDirectory() && attributes.lastModifiedTime().compareTo(limit) < 0;
        } catch (NoSuchFileException e) {
            return false; // another command was faster
        }
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    /** What is written goes here. */
    FileChannel channel() {
        return channel;
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already, and the hook runs
        }
        channel.close();
        Files.deleteIfExists(path);
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return; // the next command removes it, a day later
        }
    }
}
