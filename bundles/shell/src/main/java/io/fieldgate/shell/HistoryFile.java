package io.fieldgate.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that were typed, of all terminals together: {@code data/shell/history}, for its owner alone. It keeps the last 1,000;
 * while it is written to it may have a quarter more. Not to be able to keep one is no reason to refuse a command.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class HistoryFile {

    static final int LINES_MAX = 1000;

    /** What is longer is not kept: nobody looks for it with the arrow key. */
    static final int LINE_MAX = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private int lines;

    /**
     * Names the file; nothing is read or made before it is needed.
     *
     * @param home the home of the gateway
     */
    HistoryFile(Path home) {
        file = home.resolve("data/shell/history");
    }

    /** The lines, oldest first. A line that was typed as several has them all. */
    synchronized List<String> load() {
        try {
            List<String> kept = read();
            lines = kept.size();
            return kept.subList(Math.max(0, kept.size() - LINES_MAX), kept.size()).stream()
                    .map(HistoryFile::unescaped)
                    .toList();
        } catch (IOException e) {
            LOG.warn("the history of the shell cannot be read: {}", e.toString());
            return List.of();
        }
    }

    /** Adds a line, unless it is too long. */
    synchronized void add(String line) {
        if (line.length() > LINE_MAX) {
            return;
        }
        try {
            create();
            Files.writeString(file, escaped(line) + '\n', StandardOpenOption.APPEND);
            lines++;
            if (lines > LINES_MAX + LINES_MAX / 4) {
                shorten();
            }
        } catch (IOException e) {
            LOG.warn("a line cannot be added to the history of the shell: {}", e.toString());
        }
    }

    private List<String> read() throws IOException {
        // Not as UTF-8: a damaged byte is no reason to lose all the rest.
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                : List.of();
    }

    private void create() throws IOException {
        if (!Files.exists(file)) {
            if (!Files.isDirectory(file.getParent())) {
                Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(FOLDER_MODE));
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE_MODE));
        }
    }

    private void shorten() throws IOException {
        List<String> all = read();
        List<String> last = new ArrayList<>(all.subList(Math.max(0, all.size() - LINES_MAX), all.size()));
        Path next = Files.createTempFile(file.getParent(), "history", ".tmp");
        Files.write(next, last);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = last.size();
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\\' && i + 1 < line.length()) {
                i++;
                character = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            text.append(character);
        }
        return text.toString();
    }
}
