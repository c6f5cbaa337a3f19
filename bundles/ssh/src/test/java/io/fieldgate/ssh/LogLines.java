package io.fieldgate.ssh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;

/** Collects what is logged from information on, with the level before it; the library's lines too. */
final class LogLines extends Handler implements AutoCloseable {

    private final List<Logger> loggers =
            List.of(Logger.getLogger("io.fieldgate.ssh"), Logger.getLogger("org.apache.sshd"));
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        loggers.forEach(logger -> logger.addHandler(this));
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    /** The lines that contain a text. */
    List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    void await(String text) {
        Awaitility.await("the log says " + text)
                .atMost(Duration.ofSeconds(20))
                .until(() -> !with(text).isEmpty());
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getLevel() + " " + entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
