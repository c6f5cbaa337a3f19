package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Keeps a second gateway out of a home. The operating system frees the lock when the process ends, however it ends. */
final class HomeLock implements AutoCloseable {

    /** {@link #isHeld} takes the lock for an instant to look, and must not make a start fail that comes just then. */
    private static final int ATTEMPTS = 10;

    private static final long BETWEEN_ATTEMPTS_MS = 30;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @return the lock, or nothing if another process has it
     */
    static Optional<HomeLock> take(Home home) throws IOException, InterruptedException {
        return take(home.lock(), Duration.ZERO);
    }

    /**
     * Takes a lock, and waits for it if need be.
     *
     * @param file what to lock; it is made if it is not there
     * @return the lock, or nothing if another process still has it
     */
    static Optional<HomeLock> take(Path file, Duration patience) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long attempts = ATTEMPTS + patience.toMillis() / BETWEEN_ATTEMPTS_MS;
        for (long attempt = 1; attempt <= attempts; attempt++) {
            if (lock(channel, false)) {
                return Optional.of(new HomeLock(channel));
            }
            Thread.sleep(BETWEEN_ATTEMPTS_MS);
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a gateway runs on this home. */
    static boolean isHeld(Home home) throws IOException {
        return isHeld(home.lock());
    }

    /** Whether somebody holds a lock. */
    static boolean isHeld(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return !lock(channel, true);
        }
    }

    private static boolean lock(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
