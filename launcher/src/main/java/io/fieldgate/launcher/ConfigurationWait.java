package io.fieldgate.launcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for what a running gateway makes of a configuration file that was just written. */
final class ConfigurationWait {

    private static final long WAIT_S = 90;
    private static final long POLL_MS = 250;

    /** By then it has seen the file: what it says of it is not of the one before. */
    private static final long SEEN_S = 3;

    /** By then a change waits to be confirmed, if it is one that must be. */
    private static final long UNCONFIRMED_S = 15;

    private final Home home;
    private final LogTail log;

    ConfigurationWait(Home home) throws IOException {
        this.home = home;
        log = LogTail.from(home.log().resolve("fieldgate.0.log"));
    }

    /** One step: whether it is over. */
    private interface Step {

        boolean done(String state, long seconds) throws CommandFailure, IOException, InterruptedException;
    }

    /**
     * Waits until a file is in force.
     *
     * @throws CommandFailure if it is refused, or not in force after a while
     */
    void untilApplied(String file) throws CommandFailure, IOException, InterruptedException {
        until(file, (state, seconds) -> seconds >= SEEN_S && state.startsWith("applied"));
    }

    /**
     * Waits until the gateway listens where a file says, and keeps that.
     *
     * @throws CommandFailure if it is refused, or the gateway does not listen there after a while
     */
    void untilConfirmed(String file, String url) throws CommandFailure, IOException, InterruptedException {
        until(file, (state, seconds) -> {
            Optional<String> problem = log.find(" ERROR io.fieldgate.transport.http.Listening: ");
            if (problem.isPresent()) {
                throw new CommandFailure(ExitStatus.FAILED, problem.get());
            }
            if (!RunningGateway.on(home).url().equals(url)) {
                return false;
            }
            return state.startsWith("unconfirmed")
                    ? ShellAnswer.to(home, "fg:config confirm").output().contains(file)
                    : state.startsWith("applied") && seconds >= UNCONFIRMED_S;
        });
    }

    private void until(String file, Step step) throws CommandFailure, IOException, InterruptedException {
        long begin = System.nanoTime();
        long seconds = 0;
        while (seconds < WAIT_S) {
            String state = ShellAnswer.to(home, "fg:config list").behind(file).orElse("");
            if (state.startsWith("refused") && seconds >= SEEN_S) {
                throw new CommandFailure(ExitStatus.FAILED, file + ": " + state.replaceFirst("^refused\\s*", ""));
            }
            if (step.done(state, seconds)) {
                return;
            }
            Thread.sleep(POLL_MS);
            seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        }
        throw new CommandFailure(
                ExitStatus.FAILED, file + " is not in force after " + WAIT_S + " s; see " + home.log());
    }
}
