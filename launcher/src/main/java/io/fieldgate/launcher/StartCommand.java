package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fieldgate start}: the gateway in the background. */
@Command(
        name = "start",
        description = "Start the gateway in the background; wait until it is ready or has failed.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class StartCommand implements Callable<Integer> {

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

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        new BackgroundGateway(options.home(), Optional.ofNullable(http)).start().forEach(out::println);
        out.flush();
        return ExitStatus.OK;
    }
}
