package io.fieldgate.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Gets a new password: from who sits at the terminal, asked twice and not shown, or else from the first line of standard input. */
final class PasswordInput {

    /** System property: whether standard input is a terminal. */
    private static final String ASKS = "fieldgate.asks";

    private static final int MAX_BYTES = 1024;

    private PasswordInput() {}

    /** Who can be asked, if standard input is a terminal. */
    static Optional<Console> person() {
        return Boolean.getBoolean(ASKS) ? Optional.ofNullable(System.console()) : Optional.empty();
    }

    /**
     * Gets a new password.
     *
     * @param user whose it will be
     * @throws CommandFailure if there is none, or it was typed in two ways
     */
    static String next(String user) throws CommandFailure, IOException {
        Optional<Console> person = person();
        if (person.isPresent()) {
            return ask(person.get(), user);
        }
        if (Boolean.getBoolean(ASKS)) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "a password cannot be asked for while the output goes elsewhere: it would be seen");
        }
        return line(System.in);
    }

    private static String ask(Console person, String user) throws CommandFailure {
        char[] first = person.readPassword("New password for %s: ", user);
        char[] second = first == null ? null : person.readPassword("Once more: ");
        if (first == null || second == null) {
            throw new CommandFailure(ExitStatus.FAILED, "broken off, nothing was changed");
        }
        if (!Arrays.equals(first, second)) {
            throw new CommandFailure(ExitStatus.FAILED, "the two passwords are not the same, nothing was changed");
        }
        return new String(first);
    }

    /** Reads the first line, and nothing behind it. */
    static String line(InputStream input) throws CommandFailure, IOException {
        byte[] bytes = new byte[MAX_BYTES];
        int length = 0;
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            if (length == MAX_BYTES) {
                throw new CommandFailure(ExitStatus.FAILED, "the password has more than " + MAX_BYTES + " bytes");
            }
            bytes[length] = (byte) next;
            length++;
        }
        String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String password = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (password.isEmpty()) {
            throw new CommandFailure(ExitStatus.FAILED, "there is no password on standard input");
        }
        return password;
    }
}
