package io.fieldgate.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fieldgate passwd}: sets a password in the running gateway. */
@Command(
        name = "passwd",
        description = {
            "Set a user's password; a user who is not there is made.",
            "It is asked for twice and not shown, or read from the first line of standard input if that is no terminal."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PasswordCommand implements Callable<Integer> {

    private static final String ADMIN = "admin";

    @Mixin
    private HomeOption options;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "viewer, operator or admin; without it the role stays, and who is new is a viewer.")
    private String role;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The user; admin unless given, with that role.")
    private String name;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        RunningGateway.on(home);
        List<String> words = new ArrayList<>();
        if (role != null) {
            words.addAll(List.of("--role", role));
        }
        if (name != null) {
            words.addAll(List.of("--", name));
        }
        String line = GogoLine.of("fg:passwd", words);
        return new ShellClient(home, System.out, System.err).run(line, PasswordInput.next(name == null ? ADMIN : name));
    }
}
