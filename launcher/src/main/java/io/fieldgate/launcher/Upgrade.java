package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One upgrade of a running gateway, from its first check to the outcome. */
final class Upgrade {

    private final Home home;
    private final RunFile running;
    private final TrialTerms terms;
    private final UpgradeReport report;

    /** Finds what the gateway shall be upgraded to. */
    interface Target {

        /** The name of a distribution that lies beside the one that runs. */
        String prepare(UpgradePreparation preparation) throws CommandFailure, IOException;
    }

    Upgrade(Home home, RunFile running, TrialTerms terms, UpgradeReport report) {
        this.home = home;
        this.running = running;
        this.terms = terms;
        this.report = report;
    }

    /**
     * Does it.
     *
     * @throws CommandFailure if what ran before still runs, or runs again
     */
    void run(Target target) throws CommandFailure, IOException, InterruptedException {
        if (running.state() != RunFile.State.READY) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway on " + home + " is about to start or to stop");
        }
        Distributions distributions = home.distributions();
        Files.createDirectories(distributions.folder());
        HomeLock lock = HomeLock.take(distributions.lock(), Duration.ZERO).orElseThrow(this::busy);
        try {
            prepareAndRestart(target);
        } finally {
            lock.close();
        }
    }

    private void prepareAndRestart(Target target) throws CommandFailure, IOException, InterruptedException {
        Distribution before = new Distribution(Path.of(running.distribution()));
        report.from(before.version());
        UpgradePreparation preparation = new UpgradePreparation(home, before, report);
        String self = preparation.begin();
        String id = target.prepare(preparation);
        if (id.equals(self)) {
            report.step("Fieldgate " + before.version() + " runs already");
            return;
        }
        Distribution tried = preparation.distribution(id);
        preparation.announce(id, terms);
        UpgradeRestart restart = new UpgradeRestart(home, running, tried, id, terms, report);
        try {
            restart.stop();
        } catch (CommandFailure e) {
            preparation.withdraw();
            throw e;
        }
        restart.watch();
        report.step("Fieldgate " + tried.version() + " is current; 'fieldgate upgrade --back' leads back to "
                + before.version());
    }

    private CommandFailure busy() {
        return new CommandFailure(ExitStatus.FAILED, "another upgrade of " + home + " is under way");
    }
}
