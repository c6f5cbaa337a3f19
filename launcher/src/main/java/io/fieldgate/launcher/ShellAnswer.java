package io.fieldgate.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a command of the gateway's shell has ended, for a command that goes by it.
 *
 * @param output what it has said, if it went well
 */
record ShellAnswer(String output) {

    /**
     * Runs a command.
     *
     * @throws CommandFailure if it fails; its message is what the shell said
     */
    static ShellAnswer to(Home home, String command) throws CommandFailure, IOException {
        return to(home, command, Optional.empty());
    }

    /**
     * Runs a command that needs a secret, if there is one.
     *
     * @throws CommandFailure if it fails; its message is what the shell said
     */
    static ShellAnswer to(Home home, String command, Optional<String> secret) throws CommandFailure, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ShellClient client = new ShellClient(home, out, err, 0, 0);
        int status = secret.isPresent() ? client.run(command, secret.get()) : client.run(command);
        if (status != ExitStatus.OK) {
            String said = err.toString(StandardCharsets.UTF_8).strip();
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    said.isEmpty()
                            ? "the gateway's shell says no more than " + status + " to " + command
                            : said.replaceFirst("^fg:\\w+: ", ""));
        }
        return new ShellAnswer(out.toString(StandardCharsets.UTF_8));
    }

    /** What stands behind the first word of a line. */
    Optional<String> behind(String first) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(first) + "\\s+(.*?)\\s*$")
                .matcher(output);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }
}
