package io.fieldgate.launcher;

import java.util.List;

/** Writes a command of the shell so that each of its words means itself. */
final class GogoLine {

    private GogoLine() {}

    /**
     * Puts a command together.
     *
     * @param command its name with its scope
     * @param words what it is given
     * @throws CommandFailure if a word cannot be written
     */
    static String of(String command, List<String> words) throws CommandFailure {
        StringBuilder line = new StringBuilder(command);
        for (String word : words) {
            if (word.chars().anyMatch(character -> character < ' ' || character == '\'' || character == '\\')) {
                throw new CommandFailure(
                        ExitStatus.USAGE,
                        "a word cannot have quotes, backslashes or control characters in it: " + word);
            }
            line.append(" '").append(word).append('\'');
        }
        return line.toString();
    }
}
