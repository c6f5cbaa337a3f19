package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a client that may not do everything: one command and its words, nothing of Gogo's language. What is run in the end is
 * put together anew, with each word in quotes, so that nothing in it can mean more than itself.
 *
 * @param command its name with its scope, {@code help} or {@code exit}; empty if there is none
 * @param words what it is given
 */
record RestrictedLine(String command, List<String> words) {

    static final String HELP = "help";

    private static final String FORBIDDEN = "\\`$|&;(){}[]<>=#~^!";
    private static final String FORBIDDEN_IN_QUOTES = "\\`$";

    /** A line that somebody may not run. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final String command;

        Refused(String command, String message) {
            super(message);
            this.command = command;
        }

        /** The command that it was about. */
        String command() {
            return command;
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if there is more in it than a command and words, with one line that says so
     * @throws Refused if the role is not enough, with one line that says which is
     */
    static RestrictedLine of(Role role, String line) throws Refused {
        List<String> words = words(line.strip(), role);
        if (words.isEmpty()) {
            return new RestrictedLine("", words);
        }
        String name = words.get(0);
        List<String> rest = List.copyOf(words.subList(1, words.size()));
        if (name.equals(CommandSessions.EXIT)) {
            return new RestrictedLine(name, List.of());
        }
        if (!name.equals(HELP) && !name.equals("felix:help")) {
            return new RestrictedLine(allowed(role, name), rest);
        }
        return rest.isEmpty()
                ? new RestrictedLine(HELP, rest)
                : new RestrictedLine(allowed(role, rest.get(0)), List.of("--help"));
    }

    private static String allowed(Role role, String name) throws Refused {
        String command = CommandRoles.named(name).orElse(name);
        Role needed = CommandRoles.needed(command);
        if (!role.includes(needed)) {
            throw new Refused(
                    command,
                    Table.printable(command) + " needs the role " + needed.id() + ", and this is " + one(role)
                            + "; help lists what it may run");
        }
        return command;
    }

    private static List<String> words(String line, Role role) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (isForbidden(next, quote)) {
                throw new IllegalArgumentException(one(role) + " runs a command with words and nothing else: \"" + next
                        + "\" must not be in a line");
            }
            if (Character.isISOControl(next) && next != '\t') {
                throw new IllegalArgumentException(one(role) + " runs one command a line");
            }
            if (quote != 0 ? next == quote : isQuote(next)) {
                quote = quote == 0 ? next : 0;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(next)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(next);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static String one(Role role) {
        return (role == Role.OPERATOR ? "an " : "a ") + role.id() + "'s shell";
    }

    private static boolean isQuote(char character) {
        return character == '\'' || character == '"';
    }

    /** In quotes, what could end those that the word will stand in. */
    private static boolean isForbidden(char character, char quote) {
        if (quote == 0) {
            return FORBIDDEN.indexOf(character) >= 0;
        }
        return FORBIDDEN_IN_QUOTES.indexOf(character) >= 0 || (isQuote(character) && character != quote);
    }

    /** What Gogo is to run. */
    String statement() {
        return command + words.stream().map(word -> " '" + word + '\'').collect(Collectors.joining());
    }
}
