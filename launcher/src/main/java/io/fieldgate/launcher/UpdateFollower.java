package io.fieldgate.launcher;

import io.fieldgate.launcher.ShellConnection.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Waits for the end of an update over the gateway's shell. The update may be one of the shell: then it is asked again, by the update's
 * number, when it is back.
 */
final class UpdateFollower {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_ATTEMPTS_MS = 100;
    private static final int SHELL_STOPPED = 3;
    private static final int NO_COMMAND = 127;

    private final Home home;
    private final long id;
    private final Duration patience;

    /** How the shell has answered; {@link #SHELL_STOPPED} also if it has broken off. */
    private record Ending(int status, List<String> lines, String reason, boolean answered) {

        /** Whether it was there and has the command. */
        private boolean served() {
            return answered && status != NO_COMMAND;
        }
    }

    UpdateFollower(Home home, long id) {
        this(home, id, PATIENCE);
    }

    UpdateFollower(Home home, long id, Duration patience) {
        this.home = home;
        this.id = id;
        this.patience = patience;
    }

    /**
     * Returns when the update is committed.
     *
     * @param seen is told of each state, in the shell's words, once
     * @throws CommandFailure if it has ended otherwise, or its end cannot be known
     */
    void follow(Consumer<String> seen) throws CommandFailure, IOException, InterruptedException {
        Set<String> told = new LinkedHashSet<>();
        Ending ending = untilTheEnd("fg:history --follow --update " + id, line -> {
            if (told.add(line)) {
                seen.accept(line);
            }
        });
        if (ending.status() != ExitStatus.OK) {
            throw new CommandFailure(ExitStatus.FAILED, ending.reason());
        }
    }

    /**
     * Returns when the update has ended.
     *
     * @param seen is told of the object that the shell has made of it
     * @return the exit status
     * @throws CommandFailure if its end cannot be known
     */
    int followAsJson(Consumer<String> seen) throws CommandFailure, IOException, InterruptedException {
        Ending ending = untilTheEnd("fg:history --json --follow --update " + id, line -> {});
        if (ending.lines().isEmpty()) {
            throw new CommandFailure(ExitStatus.FAILED, ending.reason());
        }
        seen.accept(String.join("\n", ending.lines()));
        return ending.status() == ExitStatus.OK ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Ending untilTheEnd(String command, Consumer<String> seen)
            throws CommandFailure, IOException, InterruptedException {
        Thread hook = new Thread(this::left, "fieldgate-left");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Ending ending = ask(command, seen);
            long end = System.nanoTime() + patience.toNanos();
            // Its commands come a moment after its socket.
            while (ending.status() == SHELL_STOPPED || ending.status() == NO_COMMAND) {
                if (!HomeLock.isHeld(home)) {
                    throw new CommandFailure(
                            ExitStatus.NOT_RUNNING,
                            "the gateway on " + home + " has stopped; when it runs again, 'fieldgate history' tells"
                                    + " what became of update " + id);
                }
                if (System.nanoTime() - end >= 0) {
                    throw new CommandFailure(
                            ExitStatus.FAILED,
                            "the shell did not come back within " + patience.toSeconds() + " s, so what became of"
                                    + " update " + id + " is not known: " + ending.reason());
                }
                Thread.sleep(BETWEEN_ATTEMPTS_MS);
                ending = ask(command, seen);
                if (ending.served()) {
                    end = System.nanoTime() + patience.toNanos();
                }
            }
            return ending;
        } finally {
            remove(hook);
        }
    }

    private Ending ask(String command, Consumer<String> seen) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        boolean answered = false;
        try (ShellConnection connection = ShellConnection.to(home)) {
            connection.send("RUN 0 0\n" + command);
            connection.end();
            Frame frame = connection.receive();
            answered = true;
            while (frame.type() != ShellConnection.EXIT) {
                ByteBuffer payload = frame.payload();
                while (payload.hasRemaining()) {
                    byte octet = payload.get();
                    if (frame.type() == ShellConnection.ERROR) {
                        errors.write(octet);
                    } else if (octet != '\n') {
                        line.write(octet);
                    } else {
                        lines.add(line.toString(StandardCharsets.UTF_8));
                        seen.accept(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    }
                }
                frame = connection.receive();
            }
            int status = frame.status();
            String said = errors.toString(StandardCharsets.UTF_8).strip().replaceFirst("^fg:\\w+: ", "");
            return new Ending(
                    status, lines, said.isEmpty() ? "the gateway's shell says no more than " + status : said, true);
        } catch (CommandFailure | IOException e) {
            return new Ending(SHELL_STOPPED, lines, Complaint.sentence(e), answered);
        }
    }

    /** Ctrl-C ends the waiting alone. */
    private void left() {
        System.err.println("fieldgate: update " + id + " goes on; 'fieldgate history' tells how it ends");
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already, and the hook runs
        }
    }
}
