package io.fieldgate.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fieldgate shell}: commands for the running gateway. */
@Command(
        name = "shell",
        description = {
            "Run a command in the running gateway, such as 'fieldgate shell fg:status'.",
            "Without one: on a terminal, an interactive shell (Tab completes, 'help' explains, 'exit' or Ctrl-D ends it); "
                    + "otherwise each line of standard input, up to the first that fails."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the command went well, every line did, or the interactive shell was left",
            "1:the command failed, or the gateway's shell cannot be reached",
            "3:no gateway runs on this home, or it has stopped",
            "127:no such command"
        })
final class ShellCommand implements Callable<Integer> {

    /** System property: whether standard input and output are a terminal. */
    private static final String TERMINAL = "fieldgate.terminal";

    @Mixin
    private HomeOption options;

    @Option(
            names = "--keep-going",
            description =
                    "Run the lines of standard input to the end; the exit status is that of the last that failed.")
    private boolean keepGoing;

    @Parameters(paramLabel = "COMMAND", description = "The command and its arguments, joined by spaces.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        RunningGateway.on(home);
        ShellClient client = new ShellClient(home, System.out, System.err);
        if (!words.isEmpty()) {
            return client.run(String.join(" ", words));
        }
        if (Boolean.getBoolean(TERMINAL)) {
            return new ShellTerminal(home, System.out, System.getenv().getOrDefault("TERM", "dumb")).run();
        }
        return runLines(client);
    }

    private int runLines(ShellClient client) throws CommandFailure, IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = ExitStatus.OK;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            int result = line.isBlank() ? ExitStatus.OK : client.run(line);
            if (result != ExitStatus.OK) {
                status = result;
                if (!keepGoing) {
                    System.err.println("fieldgate: line " + number + " failed, the rest was not run");
                    return status;
                }
            }
        }
        return status;
    }
}
