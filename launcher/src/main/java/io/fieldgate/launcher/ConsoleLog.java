package io.fieldgate.launcher;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/**
 * The log on standard error. It holds its records back until the start has gone well: a start that fails says why in one line, and
 * the log file has the rest.
 */
final class ConsoleLog extends StreamHandler {

    private static final int HELD_MAX = 200;

    private final List<LogRecord> held = new ArrayList<>();
    private boolean holding = true;

    ConsoleLog(OutputStream stream, Formatter formatter, Level level) {
        super(stream, formatter);
        setLevel(level);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!holding) {
            super.publish(entry);
            flush();
        } else if (isLoggable(entry) && held.size() < HELD_MAX) {
            held.add(entry);
        }
    }

    /** Shows what was held back, and from now on each record at once. */
    synchronized void show() {
        holding = false;
        held.forEach(this::publish);
        held.clear();
    }

    /** Leaves the process's own stream open. */
    @Override
    public synchronized void close() {
        flush();
    }
}
