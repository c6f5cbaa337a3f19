package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fieldgate status}: whether a gateway runs, and where. */
@Command(
        name = "status",
        description = "Say whether the gateway runs: state, process id, address, time since its start.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:a gateway runs on this home", "3:none does"})
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RunFile running = RunningGateway.on(options.home());
            out.println("state:  " + running.state().name().toLowerCase(Locale.ROOT));
            out.println("pid:    " + running.pid());
            out.println("url:    " + (running.url().isEmpty() ? "-" : running.url()));
            out.println("uptime: " + uptime(Duration.between(running.started(), Instant.now())));
        } catch (CommandFailure e) {
            if (e.status() != ExitStatus.NOT_RUNNING) {
                throw e;
            }
            out.println("state:  stopped");
            out.flush();
            return ExitStatus.NOT_RUNNING;
        }
        out.flush();
        return ExitStatus.OK;
    }

    static String uptime(Duration time) {
        String clock = "%02d:%02d:%02d".formatted(time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
        return time.toDays() == 0 ? clock : time.toDays() + " d " + clock;
    }
}
