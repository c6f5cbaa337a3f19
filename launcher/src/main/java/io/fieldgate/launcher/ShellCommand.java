package io.fieldgate.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fieldgate shell}: commands for the running gateway. */
@Command(
        name = "shell",
        description = {
            "Run a command in the running gateway, such as 'fieldgate shell fg:status'.",
            "Without one, run each line of standard input."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the command went well; of several lines: the last one did",
            "1:the command failed, or the gateway's shell cannot be reached",
            "3:no gateway runs on this home"
        })
final class ShellCommand implements Callable<Integer> {

    @Mixin
    private HomeOption options;

    @Parameters(paramLabel = "COMMAND", description = "The command and its arguments, joined by spaces.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        RunningGateway.on(home);
        ShellClient client = new ShellClient(home, System.out, System.err, ShellClient.columns());
        return words.isEmpty() ? runLines(client) : client.run(String.join(" ", words));
    }

    private static int runLines(ShellClient client) throws CommandFailure, IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = ExitStatus.OK;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                status = client.run(line);
            }
        }
        return status;
    }
}
