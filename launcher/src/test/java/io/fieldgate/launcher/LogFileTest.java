package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private static final int FILE_BYTES = 20_000;
    private static final int FILES = 3;
    private static final int SLACK_BYTES = 8_192 + LogLine.MAX_CHARS;

    @TempDir
    private Path folder;

    @Test
    void staysWithinItsBounds() throws IOException {
        try (Closing log = open(folder)) {
            for (int i = 0; i < 10_000; i++) {
                log.file().publish(entry(Level.INFO, "a line of some length, number " + i));
            }
        }

        assertTrue(totalBytes() <= FILES * (FILE_BYTES + (long) SLACK_BYTES), () -> "bytes: " + totalBytes());
        assertTrue(read(folder).endsWith("number 9999\n"));
    }

    @Test
    void sparesTheFlashUntilItIsToldToWrite() throws IOException {
        try (Closing log = open(folder)) {
            log.file().publish(entry(Level.INFO, "not yet"));
            assertEquals("", read(folder));

            log.file().write();
            assertTrue(read(folder).contains("not yet"));
        }
    }

    @Test
    void writesAWarningAtOnceWithWhatCameBefore() throws IOException {
        try (Closing log = open(folder)) {
            log.file().publish(entry(Level.INFO, "before"));
            log.file().publish(entry(Level.WARNING, "trouble"));

            assertTrue(read(folder).indexOf("before") < read(folder).indexOf("trouble"), read(folder));
        }
    }

    @Test
    void goesOnInTheSameFileAfterARestart() throws IOException {
        try (Closing log = open(folder)) {
            log.file().publish(entry(Level.INFO, "first life"));
        }
        try (Closing log = open(folder)) {
            log.file().publish(entry(Level.INFO, "second life"));
        }

        assertTrue(read(folder).matches("(?s).*first life.*second life.*"), read(folder));
    }

    @Test
    void takesAFolderWithAPercentSignForWhatItIs() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("100%home"));
        try (Closing log = open(odd)) {
            log.file().publish(entry(Level.WARNING, "here"));
        }

        assertTrue(read(odd).contains("here"));
    }

    /** Lets try-with-resources close a handler. */
    private record Closing(LogFile file) implements AutoCloseable {

        @Override
        public void close() {
            file.close();
        }
    }

    private static Closing open(Path folder) throws IOException {
        LogFile file = new LogFile(folder, FILE_BYTES, FILES);
        file.setFormatter(new LogLine(true));
        return new Closing(file);
    }

    private static LogRecord entry(Level level, String text) {
        LogRecord entry = new LogRecord(level, text);
        entry.setLoggerName("test");
        return entry;
    }

    private static String read(Path folder) throws IOException {
        return Files.readString(folder.resolve("fieldgate.0.log"));
    }

    private long totalBytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
