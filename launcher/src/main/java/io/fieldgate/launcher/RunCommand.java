package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fieldgate run}: the gateway itself, in the foreground. */
@Command(
        name = "run",
        description = "Run the gateway in the foreground, until Ctrl-C, SIGTERM or 'fieldgate stop'.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = HttpAddress.class,
            description = "Where to listen; it wins over the configuration. Port 0 takes any free one.")
    private String http;

    @Option(names = "--detached", hidden = true, description = "Nobody reads standard error: used by 'start'.")
    private boolean detached;

    @Option(
            names = "--wait",
            hidden = true,
            description = "Wait for the gateway before to end: used by one that is stopped for an upgrade.")
    private boolean waits;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException, BundleException {
        RunOptions chosen = new RunOptions(Optional.ofNullable(http), console(), detached, waits);
        new GatewayProcess(Distribution.current(), options.home()).run(chosen, this::print);
        return ExitStatus.OK;
    }

    private GatewayLog.Console console() {
        if (options.verbose()) {
            return GatewayLog.Console.VERBOSE;
        }
        return detached ? GatewayLog.Console.NONE : GatewayLog.Console.QUIET;
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
