package io.fieldgate.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway that is started in the background, and outlives the command that started it. */
final class BackgroundGateway {

    /** More than all the waits within a start together. */
    private static final long WAIT_S = 160;

    private static final long POLL_MS = 20;

    /** A gateway in the background outlives the terminal that it was started from. */
    private static final String DETACH = "trap '' HUP INT; exec \"$0\" \"$@\"";

    private final Home home;
    private final Optional<String> http;

    private Optional<Process> process = Optional.empty(); // guarded by this
    private boolean unwanted; // guarded by this

    /** @param http where to listen, if not where the configuration says */
    BackgroundGateway(Home home, Optional<String> http) {
        this.home = home;
        this.http = http;
    }

    /**
     * Starts it, and waits until it is ready or has failed.
     *
     * @return what it has said, the ready line at last
     * @throws CommandFailure with the one line that says why it could not start
     */
    List<String> start() throws CommandFailure, IOException, InterruptedException {
        new HomeFolders(home).createData();
        Path said = said();
        Process started = launch(said, List.of());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (started.isAlive() && !isReady(started, said)) {
            if (System.nanoTime() > end) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        "not ready after " + WAIT_S + " s; it goes on with pid " + started.pid() + ", see "
                                + home.log());
            }
            Thread.sleep(POLL_MS);
        }
        List<String> lines = Files.readAllLines(said);
        if (!started.isAlive()) {
            throw failure(started.exitValue(), lines);
        }
        return lines;
    }

    /** Stops it, if it was started and has not ended; one that is about to be started is not. */
    void stop() throws CommandFailure, IOException, InterruptedException {
        Optional<Process> running;
        synchronized (this) {
            unwanted = true;
            running = process.filter(Process::isAlive);
        }
        if (running.isPresent()) {
            RunningGateway.stop(home, running.get().toHandle());
        }
    }

    /** Starts it to take the place of this very process as soon as that has ended, and returns at once. */
    void succeed() throws CommandFailure, IOException {
        launch(said(), List.of("--wait"));
    }

    private Path said() {
        return home.data().resolve("start.txt");
    }

    private synchronized Process launch(Path said, List<String> options) throws CommandFailure, IOException {
        if (unwanted) {
            throw new CommandFailure(ExitStatus.FAILED, "broken off");
        }
        Process started = new ProcessBuilder(command(options))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process = Optional.of(started);
        return started;
    }

    private List<String> command(List<String> options) throws CommandFailure {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH));
        command.addAll(List.of(Distribution.called().script().toString(), "run", "--detached"));
        command.addAll(options);
        command.addAll(List.of("--home", home.toString()));
        http.ifPresent(address -> command.addAll(List.of("--http", address)));
        return command;
    }

    /** The gateway first notes that it is ready, and then says so: both must have happened. */
    private boolean isReady(Process started, Path said) throws IOException {
        Optional<RunFile> ready = RunFile.read(home.runFile())
                .filter(file -> file.state() == RunFile.State.READY && isOf(started, file.pid()));
        return ready.isPresent()
                && Files.readAllLines(said).stream()
                        .anyMatch(line -> line.endsWith(ready.get().url()));
    }

    /** The process itself, or a child: {@code bin/fieldgate} stays as the parent of one that is tried. */
    private static boolean isOf(Process started, long pid) {
        return pid == started.pid() || started.children().anyMatch(child -> child.pid() == pid);
    }

    private static CommandFailure failure(int status, List<String> lines) {
        String last = lines.isEmpty() ? "the gateway ended with status " + status : lines.get(lines.size() - 1);
        return new CommandFailure(status == 0 ? ExitStatus.FAILED : status, last.replaceFirst("^fieldgate: ", ""));
    }
}
