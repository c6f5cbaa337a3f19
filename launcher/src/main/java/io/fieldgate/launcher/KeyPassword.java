package io.fieldgate.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the password of a signing key comes from: a file, the environment, who sits at the terminal, or standard input. */
final class KeyPassword {

    /** What keytool asks for. */
    private static final int MIN_CHARS = 6;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Its first line is the key's password; without it the environment's " + JdkTool.PASSWORD
                            + ", else it is asked for and not shown, or the first line of standard input if that is no terminal.")
    private Path file;

    /** A password for a key that is being made. */
    String fresh(String key) throws CommandFailure, IOException {
        Optional<String> given = given();
        String password = given.isPresent() ? given.get() : PasswordInput.next(key);
        if (password.length() < MIN_CHARS) {
            throw new CommandFailure(ExitStatus.FAILED, "a key's password has at least " + MIN_CHARS + " characters");
        }
        if (!password.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "a key's password has no other characters than those of ASCII: tools differ in how they write them");
        }
        return password;
    }

    /** The password of a key that is there. */
    String known(String key) throws CommandFailure, IOException {
        Optional<String> given = given();
        if (given.isPresent()) {
            return given.get();
        }
        Optional<Console> person = PasswordInput.person();
        if (person.isEmpty()) {
            return PasswordInput.line(System.in);
        }
        char[] answer = person.get().readPassword("Password for %s: ", key);
        if (answer == null) {
            throw new CommandFailure(ExitStatus.FAILED, "broken off, nothing was changed");
        }
        return new String(answer);
    }

    private Optional<String> given() throws CommandFailure, IOException {
        if (file != null) {
            try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(PasswordInput.line(in));
            }
        }
        return Optional.ofNullable(System.getenv(JdkTool.PASSWORD)).filter(word -> !word.isEmpty());
    }
}
