package io.fieldgate.shell;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;

/** Reads lines from a terminal, with history and completion. For one thread. */
final class LineEditor {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int HOST_NAME_MAX = 20;
    private static final int LIST_MAX = 100;

    private final ShellTerminal terminal;
    private final LineReader reader;
    private final String prompt;

    LineEditor(ShellTerminal terminal, CommandCompleter completer, HistoryFile history) {
        this.terminal = terminal;
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("fieldgate")
                .parser(new CommandParser())
                .completer(completer)
                .history(new SessionHistory(history))
                .variable(LineReader.HISTORY_SIZE, HistoryFile.LINES_MAX)
                .variable(LineReader.LIST_MAX, LIST_MAX)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .variable(LineReader.BLINK_MATCHING_PAREN, 0L)
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .option(Option.HISTORY_INCREMENTAL, false)
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        prompt = terminal.isDumb() ? host() + "fg> " : "\033[32m" + host() + "\033[1;36mfg>\033[0m ";
    }

    /**
     * Shows the prompt and waits for a line.
     *
     * @return the line, empty after Ctrl-C; or nothing when there will be no more: after Ctrl-D, or when the terminal has gone
     */
    Optional<String> read() {
        terminal.awaitKeys(true);
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (UserInterruptException e) {
            return Optional.of("");
        } catch (EndOfFileException | IOError e) {
            return Optional.empty();
        } finally {
            terminal.awaitKeys(false);
            // What Ctrl-C leaves behind is not meant for the next command.
            Thread.interrupted();
        }
    }

    /** The first part of the machine's name, as far as it can be printed. */
    private static String host() {
        try {
            String name = Files.readString(HOST_NAME, StandardCharsets.UTF_8)
                    .strip()
                    .replaceFirst("\\..*", "")
                    .replaceAll("[^A-Za-z0-9_-]", "");
            String shown = name.substring(0, Math.min(name.length(), HOST_NAME_MAX));
            return shown.isEmpty() ? "" : shown + ' ';
        } catch (IOException e) {
            return "";
        }
    }
}
