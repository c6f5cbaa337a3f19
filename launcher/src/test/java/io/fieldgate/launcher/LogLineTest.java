package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void isOneLineWithTimeLevelAndLogger() {
        String line = new LogLine(true).format(entry(Level.WARNING, "the port is slow"));

        assertTrue(
                line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  test: the port is slow\n"),
                line);
    }

    @Test
    void doesNotLetAMessagePretendToBeTwo() {
        String line = new LogLine(true).format(entry(Level.INFO, "one\n2026-01-01 00:00:00.000 ERROR other: two"));

        assertEquals(1, line.lines().filter(part -> !part.startsWith("    ")).count());
    }

    @Test
    void hasTheStackTraceOnlyIfItIsWanted() {
        LogRecord entry = entry(Level.SEVERE, "broken");
        entry.setThrown(new IllegalStateException("why"));

        assertTrue(new LogLine(true).format(entry).contains("IllegalStateException: why"));
        assertFalse(new LogLine(false).format(entry).contains("IllegalStateException"));
    }

    @Test
    void isCutWhenItIsTooLong() {
        String line = new LogLine(true).format(entry(Level.INFO, "x".repeat(1_000_000)));

        assertTrue(line.length() < LogLine.MAX_CHARS + 100);
        assertTrue(line.endsWith("... (cut)\n"));
    }

    private static LogRecord entry(Level level, String text) {
        LogRecord entry = new LogRecord(level, text);
        entry.setLoggerName("test");
        return entry;
    }
}
