package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command that the running gateway's shell has under the same name. All that is no option of every command goes there: it alone
 * knows what it takes.
 */
abstract class GatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "What the gateway is told.")
    private List<String> words = List.of();

    /** {@code fieldgate user}. */
    @Command(
            name = "user",
            description = {
                "Administer the users: user list, user role NAME ROLE, user remove NAME.",
                "A role is viewer, operator or admin. 'fieldgate passwd' makes a user."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    static final class User extends GatewayCommand {}

    /** {@code fieldgate token}. */
    @Command(
            name = "token",
            description = {
                "Administer the tokens of programs: token create NAME [--role ROLE] [--expires 90d], token list, "
                        + "token revoke NAME.",
                "What create prints is shown this once; it is the bearer's right to come in."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    static final class Token extends GatewayCommand {}

    /** {@code fieldgate certificate}. */
    @Command(
            name = "certificate",
            description = {
                "Show the certificate of TLS with its fingerprint.",
                "'certificate reload' looks at its files first; 'certificate make' makes one if there is none."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    static final class Certificate extends GatewayCommand {}

    /** {@code fieldgate config}. */
    @Command(
            name = "config",
            description = {
                "Say how the configuration files are, and keep a change: config list, config check [FILE], config confirm.",
                "A change that could lock out who made it is taken back after a minute unless it is confirmed."
            },
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    static final class Config extends GatewayCommand {

        /** A file is meant from where the person is, not from where the gateway is. */
        @Override
        List<String> told(List<String> given) {
            List<String> told = new ArrayList<>(given);
            if (told.size() == 2 && told.get(0).equals("check")) {
                told.set(1, Path.of(told.get(1)).toAbsolutePath().normalize().toString());
            }
            return told;
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        RunningGateway.on(home);
        return new ShellClient(home, System.out, System.err).run(GogoLine.of("fg:" + spec.name(), told(words)));
    }

    List<String> told(List<String> given) {
        return given;
    }
}
