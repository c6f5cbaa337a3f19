package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the log: a line of time, level, logger and message, and the indented lines that belong to it.
 *
 * @param level how bad it is; of the lines of an entry whose first one is not there any more it is not known and counts as the worst
 * @param lines the lines
 */
record LogEntry(LogLevel level, List<String> lines) {

    private static final Pattern FIRST = Pattern.compile("\\d{4}-\\d\\d-\\d\\d [0-9:.]+ ([A-Z]+) .*", Pattern.DOTALL);

    LogEntry {
        lines = List.copyOf(lines);
    }

    /** Parts lines into entries. */
    static List<LogEntry> of(List<String> lines) {
        List<LogEntry> entries = new ArrayList<>();
        List<String> open = new ArrayList<>();
        LogLevel level = LogLevel.ERROR;
        for (String line : lines) {
            Matcher first = FIRST.matcher(line);
            if (first.matches()) {
                add(entries, level, open);
                level = LogLevel.named(first.group(1)).orElse(LogLevel.ERROR);
            }
            open.add(line);
        }
        add(entries, level, open);
        return entries;
    }

    private static void add(List<LogEntry> entries, LogLevel level, List<String> open) {
        if (!open.isEmpty()) {
            entries.add(new LogEntry(level, open));
            open.clear();
        }
    }

    /** Tells whether the first line is missing, because it was read before the others were written. */
    boolean headless() {
        return !FIRST.matcher(lines.get(0)).matches();
    }

    boolean contains(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }
}
