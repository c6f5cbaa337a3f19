package io.fieldgate.launcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds the gateway that runs on a home, and stops it. */
final class RunningGateway {

    private static final int ATTEMPTS = 20;
    private static final long BETWEEN_ATTEMPTS_MS = 25;

    private static final long STOP_MS = 5_000;
    private static final long POLL_MS = 20;

    private RunningGateway() {}

    /**
     * The gateway that runs on a home.
     *
     * @throws CommandFailure with {@link ExitStatus#NOT_RUNNING} if there is none
     */
    static RunFile on(Home home) throws CommandFailure, IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (!HomeLock.isHeld(home)) {
                throw new CommandFailure(ExitStatus.NOT_RUNNING, "no gateway runs on " + home);
            }
            Optional<RunFile> running = RunFile.read(home.runFile());
            if (running.isPresent()) {
                return running.get();
            }
            // It holds the lock but has not written yet, or is about to end.
            Thread.sleep(BETWEEN_ATTEMPTS_MS);
        }
        throw new CommandFailure(
                ExitStatus.FAILED, "a gateway runs on " + home + ", but " + home.runFile() + " does not say which");
    }

    /**
     * Asks a gateway to stop, and waits for it.
     *
     * @throws CommandFailure if it still runs after 5 s
     */
    static void stop(Home home, ProcessHandle process) throws CommandFailure, IOException, InterruptedException {
        process.destroy();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MS);
        // The lock and not the process: a process that has ended may stay in the table until its parent looks.
        while (HomeLock.isHeld(home)) {
            if (System.nanoTime() > end) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        "the gateway on " + home + " (pid " + process.pid() + ") still runs after 5 s");
            }
            Thread.sleep(POLL_MS);
        }
    }
}
