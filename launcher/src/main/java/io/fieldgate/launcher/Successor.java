package io.fieldgate.launcher;

import io.fieldgate.launcher.Distributions.Link;
import java.io.IOException;
import java.util.Optional;

/**
 * The gateway that shall run when this one has stopped, if it was stopped for an upgrade. In the background nobody else starts it; in the
 * foreground the exit status asks the service manager to.
 */
final class Successor {

    private final Home home;
    private final RunFile running;

    /** @param running what is said of this gateway */
    Successor(Home home, RunFile running) {
        this.home = home;
        this.running = running;
    }

    /**
     * Starts it, if there shall be one and it is not somebody else's to start.
     *
     * @return the status to end with, if there shall be one
     */
    Optional<Integer> follow() throws CommandFailure, IOException {
        if (home.distributions().target(Link.TRIAL).isEmpty()) {
            return Optional.empty();
        }
        if (!running.detached()) {
            return Optional.of(ExitStatus.START_AGAIN);
        }
        new BackgroundGateway(home, Optional.of(running.http()).filter(http -> !http.isEmpty())).succeed();
        return Optional.of(ExitStatus.OK);
    }
}
