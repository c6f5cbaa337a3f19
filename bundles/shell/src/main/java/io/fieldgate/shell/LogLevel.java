package io.fieldgate.shell;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

/** The levels of SLF4J, worst first, and those of the log's backend that they stand for. */
enum LogLevel {
    ERROR("SEVERE"),
    WARN("WARNING"),
    INFO("INFO"),
    DEBUG("FINE"),
    TRACE("FINEST");

    private final String backend;

    LogLevel(String backend) {
        this.backend = backend;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Level backend() {
        return Level.parse(backend);
    }

    /** Tells whether this level is the other one or worse. */
    boolean reaches(LogLevel other) {
        return compareTo(other) <= 0;
    }

    /** The level of a name in small letters or capitals. */
    static Optional<LogLevel> named(String text) {
        return Stream.of(values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst();
    }

    /**
     * The level of a name.
     *
     * @throws IllegalArgumentException if there is none, with a line that names them
     */
    static LogLevel of(String text) {
        return named(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a level is error, warn, info, debug or trace, got \"" + text + '"'));
    }

    /** The level that lets through what a level of the backend does; off counts as error. */
    static LogLevel of(Level level) {
        return Stream.of(values())
                .filter(own -> own.backend().intValue() <= level.intValue())
                .findFirst()
                .orElse(TRACE);
    }
}
