package io.fieldgate.shell;

import java.io.IOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;

/**
 * Asks for a new password at a terminal, twice, and shows nothing of it. Each question has a line editor of its own: what was typed is
 * neither in the history nor in a buffer that a key brings back. For the thread of a command, while nobody else reads.
 */
final class PasswordPrompt implements PasswordSource {

    /** Nothing is shown, not even how long it is. */
    private static final Character UNSEEN = '\0';

    private static final long FORGET_MS = 1;

    private final ShellTerminal terminal;

    PasswordPrompt(ShellTerminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Secret next(String user) throws IOException {
        String first = ask("New password for " + user + ": ");
        String second = ask("Once more: ");
        if (!first.equals(second)) {
            throw new IllegalArgumentException("the two passwords are not the same, nothing was changed");
        }
        return new Secret(first);
    }

    /** What was typed and not read yet may be a part of the password, and would be shown at the next prompt. */
    private void forget() throws IOException {
        while (terminal.reader().read(FORGET_MS) >= 0) {
            // It is gone.
        }
    }

    private String ask(String question) throws IOException {
        DefaultParser plain = new DefaultParser();
        plain.setQuoteChars(new char[0]);
        plain.setEscapeChars(new char[0]);
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("fieldgate")
                .parser(plain)
                .variable(LineReader.DISABLE_HISTORY, true)
                .variable(LineReader.DISABLE_COMPLETION, true)
                .variable(LineReader.BLINK_MATCHING_PAREN, 0L)
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        // The pager wants Ctrl-C for itself while it asks; here it ends the question.
        boolean before = terminal.signals(true);
        terminal.awaitKeys(true);
        try {
            return reader.readLine(question, UNSEEN);
        } catch (UserInterruptException | EndOfFileException e) {
            forget();
            throw new IllegalStateException("fg:passwd: broken off, nothing was changed", e);
        } finally {
            terminal.awaitKeys(false);
            terminal.signals(before);
        }
    }
}
