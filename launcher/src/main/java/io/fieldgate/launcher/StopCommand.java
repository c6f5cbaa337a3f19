package io.fieldgate.launcher;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fieldgate stop}: asks the running gateway to stop, and waits for it. */
@Command(
        name = "stop",
        description = "Stop the running gateway; wait up to 5 seconds for its end.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class StopCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Home home = options.home();
        RunFile running = RunningGateway.on(home);
        ProcessHandle process = ProcessHandle.of(running.pid())
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.FAILED, "the gateway on " + home + " is about to end, or about to start"));
        RunningGateway.stop(home, process);
        spec.commandLine().getOut().println("stopped");
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
    }
}
