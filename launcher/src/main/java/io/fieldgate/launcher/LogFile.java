package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Log files, bounded in total, that spare the flash: what is logged stays in a small buffer until {@link #write} is called. A
 * warning, or worse, is written at once with everything before it.
 *
 * <p>The newest file is {@code fieldgate.0.log}.
 */
final class LogFile extends FileHandler {

    private boolean writing;
    private boolean pending;

    /**
     * Opens the files.
     *
     * @param folder where they lie; it must exist
     * @param maxBytes where one file ends, give or take one record and the buffer of 8 KiB
     * @param files how many are kept
     */
    LogFile(Path folder, int maxBytes, int files) throws IOException {
        super(folder.toString().replace("%", "%%") + "/fieldgate.%g.log", maxBytes, files, true);
        setEncoding("UTF-8");
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        super.publish(entry);
        pending = true;
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            write();
        }
    }

    /** Does nothing: the JDK's handler calls this for each record. */
    @Override
    public synchronized void flush() {
        if (writing) {
            super.flush();
        }
    }

    /** Writes what is in the buffer. */
    synchronized void write() {
        if (pending) {
            writing = true;
            super.flush();
            writing = false;
            pending = false;
        }
    }

    @Override
    public synchronized void close() {
        write();
        super.close();
    }
}
