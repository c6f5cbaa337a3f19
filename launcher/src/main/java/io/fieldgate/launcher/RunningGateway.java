package io.fieldgate.launcher;

import java.io.IOException;
import java.util.Optional;

/** Finds the gateway that runs on a home. */
final class RunningGateway {

    private static final int ATTEMPTS = 20;
    private static final long BETWEEN_ATTEMPTS_MS = 25;

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
}
