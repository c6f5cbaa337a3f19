package io.fieldgate.driver.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tree that the machine is read from: / on a machine, a folder in a test. It notes what was looked for and not there. */
final class KernelFiles {

    private static final Comparator<String> NUMBERS_IN_ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Path root;
    private final Batch batch;
    private final Set<String> absent = new TreeSet<>();
    private final Set<String> readOnly = new TreeSet<>();

    KernelFiles(Path root, Batch batch) {
        this.root = root;
        this.batch = batch;
    }

    /** Forgets what was not there: a new look begins. */
    void beginScan() {
        absent.clear();
    }

    Batch batch() {
        return batch;
    }

    /** Resolves a path of the machine, for example {@code /proc/stat}, below the root. */
    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    KernelFile file(String absolute) {
        return new KernelFile(path(absolute), batch);
    }

    boolean exists(String absolute) {
        return Files.exists(path(absolute));
    }

    /** Tells whether a file exists, and notes it if not. */
    boolean isThere(String absolute) {
        boolean there = exists(absolute);
        if (!there) {
            absent.add(absolute);
        }
        return there;
    }

    /**
     * Lists a folder.
     *
     * @param prefix how the names begin, maybe empty
     * @return the names, {@code x2} before {@code x10}; none if there is no such folder
     */
    List<String> names(String folder, String prefix) {
        if (!isThere(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.startsWith(prefix)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            absent.add(folder);
            return List.of();
        }
        names.sort(NUMBERS_IN_ORDER);
        return names;
    }

    /** Reads a label or another short text now; empty if there is none. */
    String textOf(String absolute) {
        try {
            return file(absolute).fields().text();
        } catch (IOException e) {
            return "";
        }
    }

    /** Notes a file that could be written but for want of a permission. */
    void noteReadOnly(String absolute) {
        readOnly.add(absolute);
    }

    /** The files that may not be written, as far as they were met since the driver started. */
    Set<String> readOnly() {
        return Collections.unmodifiableSet(readOnly);
    }

    /** What has been looked for and not found since the scan began. */
    Set<String> absent() {
        return Collections.unmodifiableSet(absent);
    }
}
