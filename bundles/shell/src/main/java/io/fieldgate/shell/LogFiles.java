package io.fieldgate.shell;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The files of the log: {@code fieldgate.0.log} is written, those of higher numbers are older; when it is full, each gets the next
 * number and a new one begins. Reads the newest to its end and goes on from there. Not safe for many threads.
 */
final class LogFiles implements Closeable {

    private static final int FILES_MAX = 100;

    private final Path folder;

    /** Not a channel, which an interrupt would close. */
    private FileInputStream open;

    private Object key;
    private String unfinished = "";

    /**
     * Opens the newest file.
     *
     * @param folder where the files lie
     * @throws NoSuchFileException if there is none
     */
    LogFiles(Path folder) throws IOException {
        this.folder = folder;
        openNewest();
    }

    /** The last entries that are wanted, oldest first. */
    List<LogEntry> last(int count, Predicate<LogEntry> wanted) throws IOException {
        Deque<LogEntry> found = new ArrayDeque<>();
        List<LogEntry> entries = LogEntry.of(rest());
        for (int number = 1; ; number++) {
            for (int i = entries.size() - 1; i >= 0 && found.size() < count; i--) {
                if (wanted.test(entries.get(i))) {
                    found.addFirst(entries.get(i));
                }
            }
            Path older = file(number);
            if (found.size() == count || number == FILES_MAX || !Files.exists(older)) {
                return List.copyOf(found);
            }
            entries = LogEntry.of(lines(older));
        }
    }

    /** The lines that have come since the last call, also if another file has begun meanwhile. */
    List<String> more() throws IOException {
        List<String> lines = new ArrayList<>(rest());
        if (!Objects.equals(key, newestKey())) {
            // Once more: what was written between the first look and the change.
            lines.addAll(rest());
            try {
                openNewest();
            } catch (NoSuchFileException e) {
                // The new file is not there yet; the old one has no more.
                return lines;
            }
            lines.addAll(rest());
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        open.close();
    }

    private void openNewest() throws IOException {
        while (true) {
            Object before = newestKey();
            if (before == null) {
                throw new NoSuchFileException(file(0).toString());
            }
            FileInputStream newest = new FileInputStream(file(0).toFile());
            if (before.equals(newestKey())) {
                if (open != null) {
                    open.close();
                }
                open = newest;
                key = before;
                unfinished = "";
                return;
            }
            // It was replaced between the two looks.
            newest.close();
        }
    }

    private Object newestKey() throws IOException {
        try {
            return Files.readAttributes(file(0), BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whole lines up to the end of the open file; of one that is being written the beginning is kept. */
    private List<String> rest() throws IOException {
        String text = unfinished + new String(open.readAllBytes(), StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        unfinished = text.substring(end);
        return decoded(text.substring(0, end)).lines().toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return decoded(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Octets become text once they are whole: a sign of UTF-8 may be cut in two at the end of a file that is written. */
    private static String decoded(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private Path file(int number) {
        return folder.resolve("fieldgate." + number + ".log");
    }
}
