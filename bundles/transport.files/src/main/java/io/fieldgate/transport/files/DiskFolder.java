package io.fieldgate.transport.files;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on disk. A file that is known costs one look at its attributes; where it really lies is found out again when
 * they have changed. A symbolic link may lead from one place of the folder to another, but not out of it.
 */
final class DiskFolder implements Source {

    /** The most names that a listing has. */
    static final int LISTED_MAX = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(DiskFolder.class);

    /** The coarsest file times there are, those of FAT: two changes within it may bear the same time. */
    private static final Duration TIME_STEP = Duration.ofSeconds(2);

    /** How often a file is looked at that is replaced again and again. */
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final File base;
    private final FileCache cache;
    private final Clock clock;
    private final AtomicBoolean away = new AtomicBoolean();

    DiskFolder(Path folder, FileCache cache, Clock clock) {
        this.folder = folder;
        base = folder.toFile();
        this.cache = cache;
        this.clock = clock;
    }

    /** Says in the log if the folder is not there, or is there again; once each. */
    boolean isAway() {
        boolean missing = !Files.isDirectory(folder);
        if (away.compareAndSet(!missing, missing)) {
            if (missing) {
                LOG.warn("{} is no folder that can be read: its paths are answered with 503 until it is", folder);
            } else {
                LOG.info("{} is there again", folder);
            }
        }
        return missing;
    }

    @Override
    public Found find(String name) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return look(name);
            } catch (BeingChanged e) {
                LOG.debug("looking at {} again", name, e);
            }
        }
        return look(name);
    }

    private Found look(String name) throws IOException {
        try {
            Path file = folder.resolve(name);
            Look seen = Look.at(file);
            Look.Stamp stamp = seen.stamp();
            Optional<Content> known = cache.get(this, name, stamp);
            if (known.isPresent()) {
                return Found.file(known.get());
            }
            Optional<Path> real = within(file);
            if (real.isEmpty()) {
                return Found.NOTHING;
            }
            if (seen.directory()) {
                if (away.get()) {
                    isAway();
                }
                return Found.FOLDER;
            }
            return seen.regular() && Files.isReadable(file) ? Found.file(load(name, real.get(), stamp)) : Found.NOTHING;
        } catch (FileSystemException | InvalidPathException e) {
            // No such file, no folder on the way to it, too many links, too long a name, not allowed: all the same to a
            // client.
            LOG.debug("nothing at {}", name, e);
            return isAway() ? Found.AWAY : Found.NOTHING;
        }
    }

    @Override
    public boolean mayHave(String name) {
        return new File(base, name).exists();
    }

    @Override
    public List<String> list(String name) throws IOException {
        try (Stream<Path> children = Files.list(folder.resolve(name))) {
            return children.map(child -> child.getFileName().toString())
                    .filter(RequestPath::isName)
                    .limit(LISTED_MAX)
                    .map(child -> listed(name, child))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }

    private Optional<String> listed(String name, String child) {
        Path file = folder.resolve(name).resolve(child);
        try {
            if (within(file).isEmpty()) {
                return Optional.empty();
            }
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            if (seen.isDirectory()) {
                return Optional.of(child + '/');
            }
            return seen.isRegularFile() ? Optional.of(child) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} is not listed", file, e);
            return Optional.empty();
        }
    }

    /** Where a file really lies, if that is in the folder and not hidden there. The folder itself may be a link. */
    private Optional<Path> within(Path file) throws IOException {
        Path root = folder.toRealPath();
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            LOG.debug("{} leads out of {}", file, folder);
            return Optional.empty();
        }
        for (Path segment : root.relativize(real)) {
            if (segment.toString().startsWith(".")) {
                return Optional.empty();
            }
        }
        return Optional.of(real);
    }

    private Content load(String name, Path real, Look.Stamp stamp) throws IOException {
        Instant now = clock.instant();
        Instant changed = stamp.modified().toInstant();
        boolean settled = changed.isBefore(now.minus(TIME_STEP));
        Optional<Instant> modified =
                changed.isAfter(now) ? Optional.empty() : Optional.of(changed.truncatedTo(ChronoUnit.SECONDS));
        Content content;
        if (stamp.size() <= Content.SMALL_MAX_BYTES) {
            try (InputStream in = open(real, stamp, 0)) {
                content = Content.small(in.readNBytes(Content.SMALL_MAX_BYTES), modified, settled);
            }
        } else {
            EntityTag tag = new EntityTag(!settled, stamp.tag());
            content = new Content(
                    stamp.size(), modified, tag, settled, Optional.empty(), offset -> open(real, stamp, offset));
        }
        if (settled) {
            cache.put(this, name, stamp, content);
        }
        return content;
    }

    /** Opens the file that was looked at, and makes sure that it was this one and no other that was put there meanwhile. */
    private static InputStream open(Path real, Look.Stamp stamp, long offset) throws BeingChanged {
        try {
            FileChannel channel = FileChannel.open(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            try {
                Look.Stamp now = Look.at(real, LinkOption.NOFOLLOW_LINKS).stamp();
                if (!real.toRealPath().equals(real) || !now.equals(stamp)) {
                    throw new IOException("it is another file now");
                }
                channel.position(offset);
                return Channels.newInputStream(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BeingChanged(real, e);
        }
    }

    /** The file was replaced between two looks at it. */
    private static final class BeingChanged extends IOException {

        private static final long serialVersionUID = 1L;

        BeingChanged(Path file, IOException cause) {
            super(file + " is being changed", cause);
        }
    }
}
