package io.fieldgate.launcher;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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

    /** More than all the waits within a start together. */
    private static final long WAIT_S = 90;

    private static final long POLL_MS = 20;

    /** A gateway in the background outlives the terminal that it was started from. */
    private static final String DETACH = "trap '' HUP INT; exec \"$0\" \"$@\"";

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
        Home home = options.home();
        new HomeFolders(home).createData();
        Path said = home.data().resolve("start.txt");
        Process process = new ProcessBuilder(command(home))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (process.isAlive() && !isReady(home, process, said)) {
            if (System.nanoTime() > end) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        "not ready after " + WAIT_S + " s; it goes on with pid " + process.pid() + ", see "
                                + home.log());
            }
            Thread.sleep(POLL_MS);
        }
        return report(process, Files.readAllLines(said));
    }

    private List<String> command(Home home) throws CommandFailure {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH));
        command.addAll(List.of(Distribution.current().script().toString(), "run", "--detached"));
        command.addAll(List.of("--home", home.toString()));
        Optional.ofNullable(http).ifPresent(address -> command.addAll(List.of("--http", address)));
        return command;
    }

    /** The gateway first notes that it is ready, and then says so: both must have happened. */
    private static boolean isReady(Home home, Process process, Path said) throws IOException {
        Optional<RunFile> ready = RunFile.read(home.runFile())
                .filter(file -> file.pid() == process.pid() && file.state() == RunFile.State.READY);
        return ready.isPresent()
                && Files.readAllLines(said).stream()
                        .anyMatch(line -> line.endsWith(ready.get().url()));
    }

    /** Passes on what the gateway said: the ready line, or the one line that says why there is none. */
    private int report(Process process, List<String> lines) throws CommandFailure {
        if (process.isAlive()) {
            PrintWriter out = spec.commandLine().getOut();
            lines.forEach(out::println);
            out.flush();
            return ExitStatus.OK;
        }
        int status = process.exitValue();
        String last = lines.isEmpty() ? "the gateway ended with status " + status : lines.get(lines.size() - 1);
        throw new CommandFailure(status == 0 ? ExitStatus.FAILED : status, last.replaceFirst("^fieldgate: ", ""));
    }
}
