package io.fieldgate.installer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.io.monitor.FileAlterationListenerAdaptor;
import org.apache.commons.io.monitor.FileAlterationObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches {@code deploy/} and tells of jars that came, changed and went. A jar is told of when its size and time have stayed
 * the same from one round to the next, so that one that is still being written is left alone; in the first round also when it
 * was last modified some time ago. A change that alters neither size nor time is not seen.
 *
 * <p><b>Threading.</b> For one thread at a time.
 */
final class DeployFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);
    private static final Duration LONG_AGO = Duration.ofSeconds(2);
    private static final String JAR = ".jar";
    private static final int IGNORED_MAX = 1000;

    private final Path folder;
    private final Clock clock;
    private final FileAlterationObserver observer;
    private final SortedMap<Path, Stamp> unsettled = new TreeMap<>();
    private final Set<Path> gone = new TreeSet<>();
    private final Set<String> ignored = new TreeSet<>();
    private boolean firstRound = true;
    private boolean missing;

    DeployFolder(Path folder, Clock clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        observer = FileAlterationObserver.builder()
                .setFile(folder.toFile())
                .setFileFilter(this::accepts)
                .get();
        observer.addListener(new FileAlterationListenerAdaptor() {
            @Override
            public void onFileCreate(File file) {
                unsettled.putIfAbsent(file.toPath(), Stamp.NONE);
                gone.remove(file.toPath());
            }

            @Override
            public void onFileChange(File file) {
                onFileCreate(file);
            }

            @Override
            public void onFileDelete(File file) {
                unsettled.remove(file.toPath());
                gone.add(file.toPath());
            }
        });
    }

    /**
     * What has changed since the round before.
     *
     * @param settled jars that are new or have changed and can be taken, with the time of their last modification in
     *     milliseconds since 1970
     * @param gone jars that are not there any more
     */
    record Changes(SortedMap<Path, Long> settled, Set<Path> gone) {

        /** Tells whether nothing has changed. */
        boolean isEmpty() {
            return settled.isEmpty() && gone.isEmpty();
        }
    }

    private record Stamp(long size, long modified) {
        static final Stamp NONE = new Stamp(-1, -1);

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
        }
    }

    /** Looks once. A folder that cannot be read, maybe on a disk that is not mounted, is not taken for an empty one. */
    Changes round() {
        if (folder.toFile().list() == null) {
            if (!missing) {
                LOG.warn("{} cannot be read; what came from it runs on", folder);
            }
            missing = true;
            return new Changes(new TreeMap<>(), Set.of());
        }
        missing = false;
        observer.checkAndNotify();
        SortedMap<Path, Long> settled = new TreeMap<>();
        for (Map.Entry<Path, Stamp> entry : Map.copyOf(unsettled).entrySet()) {
            settle(entry.getKey(), entry.getValue(), settled);
        }
        Set<Path> left = new TreeSet<>(gone);
        gone.clear();
        firstRound = false;
        return new Changes(settled, left);
    }

    /** Has a jar told of once more in the next round but one. */
    void again(Path file) {
        unsettled.putIfAbsent(file, Stamp.NONE);
    }

    /** Tells whether a jar was seen that has not been told of yet. */
    boolean unsettled() {
        return !unsettled.isEmpty();
    }

    private void settle(Path file, Stamp before, SortedMap<Path, Long> settled) {
        try {
            Stamp now = Stamp.of(file);
            if (now.equals(before) || (firstRound && longAgo(now))) {
                unsettled.remove(file);
                settled.put(file, now.modified());
            } else {
                unsettled.put(file, now);
            }
        } catch (IOException e) {
            LOG.debug("{} went while it was looked at", file, e);
        }
    }

    private boolean longAgo(Stamp stamp) {
        return stamp.modified() < clock.millis() - LONG_AGO.toMillis();
    }

    private boolean accepts(File file) {
        String name = file.getName();
        boolean accepted = name.endsWith(JAR) && !name.startsWith(".") && file.isFile();
        if (!accepted && ignored.size() < IGNORED_MAX && ignored.add(name)) {
            LOG.debug("{} is ignored: it is not a .jar file", file);
        }
        return accepted;
    }
}
