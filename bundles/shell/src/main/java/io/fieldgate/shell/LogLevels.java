package io.fieldgate.shell;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The levels of the log's backend, which is that of the JDK.
 *
 * <p>What was the level before is kept in a system property of the process, and the logger itself by SLF4J's factory: a new version of
 * this bundle finds both, where fields of its own would be lost. The JDK alone holds its loggers weakly, and forgets their levels.
 */
final class LogLevels {

    /** What people call the logger without a name. */
    static final String ROOT = "root";

    /** No level of its own, or the one at the start. */
    static final String DEFAULT = "default";

    private static final String BEFORE = "fieldgate.log.before.";

    /** The level that counts for a logger: its own, or that of the nearest one above it. */
    LogLevel effective(String name) {
        Level level = own(name);
        if (level != null) {
            return LogLevel.of(level);
        }
        return name.isEmpty() ? LogLevel.INFO : effective(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }

    /** The loggers that have a level of their own, or had one at the start, by name. */
    List<String> own() {
        TreeSet<String> names = Collections.list(LogManager.getLogManager().getLoggerNames()).stream()
                .filter(name -> own(name) != null)
                .collect(Collectors.toCollection(TreeSet::new));
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith(BEFORE))
                .map(key -> key.substring(BEFORE.length()))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** The level that a logger had at the start: a name, {@link #DEFAULT} if it had none of its own. */
    String before(String name) {
        String changed = System.getProperty(BEFORE + name);
        if (changed != null) {
            return changed;
        }
        Level level = own(name);
        return level == null ? DEFAULT : LogLevel.of(level).id();
    }

    /** Sets a level until the process ends. */
    void set(String name, LogLevel level) {
        System.setProperty(BEFORE + name, before(name));
        // SLF4J's factory keeps what it has made for ever.
        LoggerFactory.getLogger(name.isEmpty() ? org.slf4j.Logger.ROOT_LOGGER_NAME : name);
        Logger.getLogger(name).setLevel(level.backend());
    }

    /** Goes back to the level at the start. */
    void reset(String name) {
        String before = System.getProperty(BEFORE + name);
        if (before != null) {
            Logger.getLogger(name)
                    .setLevel(LogLevel.named(before).map(LogLevel::backend).orElse(null));
            System.clearProperty(BEFORE + name);
        }
    }

    /** The level that the logger itself has; null for none, as the backend says it. */
    private static Level own(String name) {
        Logger logger = LogManager.getLogManager().getLogger(name);
        return logger == null ? null : logger.getLevel();
    }
}
