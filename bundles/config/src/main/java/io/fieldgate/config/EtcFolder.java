package io.fieldgate.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.monitor.FileAlterationListenerAdaptor;
import org.apache.commons.io.monitor.FileAlterationObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files of {@code etc/}, in rounds that its owner starts. A change is reported when the file has kept its size and
 * time for a whole round, so that one that is being written is left in peace. Not safe for many threads.
 */
final class EtcFolder {

    private static final Logger LOG = LoggerFactory.getLogger(EtcFolder.class);

    /** Size and time of a file; nothing for one that is gone. */
    private record Shape(long bytes, FileTime time) {

        static Optional<Shape> of(Path file) throws IOException {
            return Files.exists(file)
                    ? Optional.of(new Shape(Files.size(file), Files.getLastModifiedTime(file)))
                    : Optional.empty();
        }
    }

    private final Path folder;
    private final FileAlterationObserver observer;

    /** Files that have changed, with the shape that they had in the round before. */
    private final Map<String, Optional<Shape>> restless = new TreeMap<>();

    private final List<String> seen = new ArrayList<>();

    private boolean missing;

    /**
     * Looks at the folder for the first time.
     *
     * @throws IOException if it cannot be read
     */
    EtcFolder(Path folder) throws IOException {
        this.folder = folder;
        observer = FileAlterationObserver.builder()
                .setFile(folder.toFile())
                .setFileFilter(EtcFolder::isConfiguration)
                .get();
        observer.addListener(new FileAlterationListenerAdaptor() {
            @Override
            public void onFileCreate(File file) {
                seen.add(file.getName());
            }

            @Override
            public void onFileChange(File file) {
                seen.add(file.getName());
            }

            @Override
            public void onFileDelete(File file) {
                seen.add(file.getName());
            }
        });
    }

    private static boolean isConfiguration(File file) {
        return file.getName().endsWith(Declarations.SUFFIX) && !file.getName().startsWith(".") && file.isFile();
    }

    /**
     * Tells whether a look makes sense. A folder that cannot be read, maybe on a disk that is not mounted, must not be taken for
     * an empty one.
     */
    boolean isReadable() {
        boolean readable = folder.toFile().list() != null && Files.isExecutable(folder);
        if (!readable && !missing) {
            LOG.warn("{} cannot be read; the configurations stay as they are", folder);
        }
        missing = !readable;
        return readable;
    }

    /** The files that are there now; later rounds report what is different from this. */
    List<String> begin() {
        observer.checkAndNotify();
        List<String> present = List.copyOf(seen);
        seen.clear();
        return present;
    }

    /**
     * One round.
     *
     * @return the names of the files that have changed, come or gone, and rest now
     */
    List<String> round() throws IOException {
        observer.checkAndNotify();
        for (String name : seen) {
            restless.put(name, Shape.of(folder.resolve(name)));
        }
        List<String> resting = new ArrayList<>();
        for (Map.Entry<String, Optional<Shape>> entry : restless.entrySet()) {
            Optional<Shape> now = Shape.of(folder.resolve(entry.getKey()));
            if (!seen.contains(entry.getKey()) && now.equals(entry.getValue())) {
                resting.add(entry.getKey());
            }
            entry.setValue(now);
        }
        resting.forEach(restless::remove);
        seen.clear();
        return resting;
    }

    /**
     * Reads a file.
     *
     * @return what it says, or nothing if it is gone
     * @throws IOException if it cannot be read, or is no UTF-8
     * @throws IllegalArgumentException if it has a broken escape
     */
    Optional<Content> read(String name) throws IOException {
        return Content.read(folder.resolve(name));
    }
}
