package io.fieldgate.launcher;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line {@code fieldgate}: what it understands, and how it says what went wrong. */
@Command(
        name = "fieldgate",
        description = "A gateway for embedded devices.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            ShellCommand.class,
            SetupCommand.class,
            UpdateCommand.class,
            RollbackCommand.class,
            HistoryCommand.class,
            PasswordCommand.class,
            KeygenCommand.class,
            SignCommand.class,
            GatewayCommand.User.class,
            GatewayCommand.Token.class,
            GatewayCommand.Certificate.class,
            GatewayCommand.Config.class,
            UpgradeCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all went well",
            "1:it was tried and failed; the line on standard error says why",
            "2:the command line is wrong",
            "3:no gateway runs on this home",
            "4:run was stopped to be started again, by an upgrade"
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    /**
     * Runs one command and ends the process with its status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        // By its name: to load the class would be the first use of the log, and too late.
        System.setProperty("java.util.logging.manager", "io.fieldgate.launcher.LastingLogManager");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
        // What follows the shell's command belongs to it, even if it looks like an option.
        commands.getSubcommands().get("shell").setStopAtPositional(true);
        for (String passedOn : List.of("user", "token", "certificate", "config")) {
            commands.getSubcommands().get(passedOn).setUnmatchedOptionsArePositionalParams(true);
        }
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: run, start, stop, status, setup, shell, update, rollback, history, passwd, keygen, sign, "
                        + "user, token, certificate, config or upgrade");
    }

    private static int misused(ParameterException misuse, String... arguments) {
        CommandLine command = misuse.getCommandLine();
        Complaint.put(
                misuse.getMessage() + "; try '" + command.getCommandSpec().qualifiedName() + " --help'",
                command.getErr());
        return ExitStatus.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        return Complaint.about(failure, parsed.expandedArgs().contains("--verbose"), command.getErr());
    }

    /** The distribution's version, for {@code --version}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() throws Exception {
            return new String[] {"Fieldgate " + Distribution.current().version()};
        }
    }
}
