package io.fieldgate.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One record as one line: local time, level, logger, message; then the stack trace, if there is one and it is wanted. */
final class LogLine extends Formatter {

    /** Longer records are cut, so that no single one can fill the log. */
    static final int MAX_CHARS = 16_384;

    private final boolean traces;

    /**
     * Makes a format.
     *
     * @param traces whether stack traces are shown
     */
    LogLine(boolean traces) {
        this.traces = traces;
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(120);
        time(line, LocalDateTime.ofInstant(entry.getInstant(), ZoneId.systemDefault()));
        line.append(level(entry.getLevel()))
                .append(entry.getLoggerName())
                .append(": ")
                // A line break would let a message pretend to be a record of its own.
                .append(formatMessage(entry).replace("\n", "\n    "));
        if (traces && entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.append("\n    ").append(trace.toString().stripTrailing().replace("\n", "\n    "));
        }
        if (line.length() > MAX_CHARS) {
            line.setLength(MAX_CHARS);
            line.append(" ... (cut)");
        }
        return line.append('\n').toString();
    }

    private static void time(StringBuilder line, LocalDateTime time) {
        line.append(time.toLocalDate()).append(' ');
        padded(line, time.getHour(), 2).append(':');
        padded(line, time.getMinute(), 2).append(':');
        padded(line, time.getSecond(), 2).append('.');
        padded(line, time.getNano() / 1_000_000, 3);
    }

    private static StringBuilder padded(StringBuilder line, int number, int digits) {
        String text = Integer.toString(number);
        return line.append("0".repeat(digits - text.length())).append(text);
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return " ERROR ";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return " WARN  ";
        }
        if (level.intValue() >= Level.INFO.intValue()) {
            return " INFO  ";
        }
        return level.intValue() >= Level.FINE.intValue() ? " DEBUG " : " TRACE ";
    }
}
