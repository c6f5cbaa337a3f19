package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Restarts a gateway for what is to be tried, and watches until it is decided which distribution runs. */
final class UpgradeRestart {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** How long nothing may run before this command starts it. More than service managers wait. */
    private static final Duration ABSENCE = Duration.ofSeconds(Integer.getInteger("fieldgate.upgrade.absence.s", 30));

    /** What health checks, folders to be deleted and a loaded machine may take on top of what is known. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    private static final long POLL_MS = 100;

    private final Home home;
    private final RunFile before;
    private final Path tried;
    private final String version;
    private final String id;
    private final TrialTerms terms;
    private final UpgradeReport report;
    private boolean shown;

    /**
     * @param before the gateway that runs
     * @param tried what is tried, which goes if it fails
     * @param id its name
     */
    UpgradeRestart(Home home, RunFile before, Distribution tried, String id, TrialTerms terms, UpgradeReport report)
            throws IOException {
        this.home = home;
        this.before = before;
        this.tried = tried.root().toRealPath();
        version = tried.version();
        this.id = id;
        this.terms = terms;
        this.report = report;
    }

    /**
     * Stops the gateway.
     *
     * @throws CommandFailure if it runs on; then nothing has changed
     */
    void stop() throws CommandFailure, IOException, InterruptedException {
        ProcessHandle.of(before.pid()).ifPresent(ProcessHandle::destroy);
        long end = System.nanoTime() + STOP_LIMIT.toNanos();
        while (HomeLock.isHeld(home) && runs(before.pid())) {
            if (System.nanoTime() > end) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        "the gateway on " + home + " (pid " + before.pid() + ") does not stop: nothing has changed");
            }
            Thread.sleep(POLL_MS);
        }
        report.step("the gateway has stopped");
    }

    private boolean runs(long pid) throws IOException {
        return RunFile.read(home.runFile()).map(file -> file.pid() == pid).orElse(true);
    }

    /**
     * Waits for the outcome, and starts the gateway if nobody else does.
     *
     * @throws CommandFailure if the distribution before runs again, or nothing is known in the end; it says why
     */
    void watch() throws CommandFailure, IOException, InterruptedException {
        Distributions distributions = home.distributions();
        long end = System.nanoTime()
                + terms.ready()
                        .plus(terms.probation())
                        .plus(ABSENCE)
                        .plus(SLACK)
                        .toNanos();
        long seen = System.nanoTime();
        boolean started = false;
        while (System.nanoTime() < end) {
            Optional<UpgradeOutcome> outcome = UpgradeOutcome.read(distributions.outcome(), id);
            if (outcome.isPresent()) {
                end(outcome.get());
                return;
            }
            if (HomeLock.isHeld(home)) {
                seen = System.nanoTime();
                show();
            } else if (!started && System.nanoTime() - seen > ABSENCE.toNanos()) {
                started = true;
                report.step("nobody starts the gateway again, so it is started in the background");
                start();
                seen = System.nanoTime();
            }
            Thread.sleep(POLL_MS);
        }
        throw new CommandFailure(ExitStatus.FAILED, "it is not known what became of it; see " + home.log());
    }

    private void start() throws CommandFailure, IOException, InterruptedException {
        new BackgroundGateway(home, Optional.of(before.http()).filter(http -> !http.isEmpty())).start();
    }

    private void show() throws IOException {
        Optional<RunFile> ready = RunFile.read(home.runFile())
                .filter(file -> file.pid() != before.pid() && file.state() == RunFile.State.READY);
        if (!shown && ready.isPresent() && isTried(ready.get())) {
            shown = true;
            report.step(version + " is ready; it stays if it is healthy in "
                    + terms.probation().toSeconds() + " s");
        }
    }

    private boolean isTried(RunFile file) {
        return Path.of(file.distribution()).equals(tried);
    }

    private void end(UpgradeOutcome outcome) throws CommandFailure, IOException, InterruptedException {
        if (outcome.kept()) {
            return;
        }
        boolean back = awaitReady();
        throw new CommandFailure(
                ExitStatus.FAILED,
                version + " was given up: " + outcome.reason() + (back ? "; what ran before runs again" : ""));
    }

    /** Waits until what was there before is ready again, and starts it if nobody else does. */
    private boolean awaitReady() throws CommandFailure, IOException, InterruptedException {
        long now = System.nanoTime();
        long end = now + Duration.ofSeconds(TrialTerms.READY_S).plus(ABSENCE).toNanos();
        long seen = now;
        while (System.nanoTime() < end) {
            boolean held = HomeLock.isHeld(home);
            Optional<RunFile> ready = RunFile.read(home.runFile())
                    .filter(file -> file.state() == RunFile.State.READY && file.pid() != before.pid());
            if (held && ready.isPresent() && !isTried(ready.get())) {
                return true;
            }
            if (held) {
                seen = System.nanoTime();
            } else if (System.nanoTime() - seen > ABSENCE.toNanos()) {
                start();
                return true;
            }
            Thread.sleep(POLL_MS);
        }
        return false;
    }
}
