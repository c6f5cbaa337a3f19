package io.fieldgate.shell;

import java.time.Instant;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/** The history of one terminal: what the file had when it was attached, and what was typed since, which goes to the file. */
final class SessionHistory extends DefaultHistory {

    private final HistoryFile file;
    private boolean loaded;

    SessionHistory(HistoryFile file) {
        this.file = file;
    }

    @Override
    public void attach(LineReader reader) {
        super.attach(reader);
        if (!loaded) {
            loaded = true;
            file.load().forEach(line -> internalAdd(Instant.EPOCH, line));
        }
    }

    @Override
    public void add(Instant time, String line) {
        int before = last();
        super.add(time, line);
        if (last() != before) {
            file.add(line);
        }
    }
}
