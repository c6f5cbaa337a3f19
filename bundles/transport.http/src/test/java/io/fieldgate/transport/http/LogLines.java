package io.fieldgate.transport.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what the transport logs: its errors, where one with a trace ends in the exception, and the rest apart from them. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.fieldgate.transport.http");
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> details = new CopyOnWriteArrayList<>();

    LogLines() {
        logger.setLevel(Level.FINE);
        logger.addHandler(this);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    List<String> details() {
        return List.copyOf(details);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().equals(Level.SEVERE)) {
            errors.add(entry.getThrown() == null ? entry.getMessage() : entry.getMessage() + entry.getThrown());
        } else {
            details.add(entry.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
