package io.fieldgate.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens a gateway to other machines: an administrator with a password, a certificate, and a port that speaks TLS. */
final class Setup {

    private static final String LOOPBACK = "127.0.0.1:0";

    private final Home home;
    private final SetupAnswers answers;
    private final Consumer<String> out;

    /** @param out gets what a person may know, a line each */
    Setup(Home home, SetupAnswers answers, Consumer<String> out) {
        this.home = home;
        this.answers = answers;
        this.out = out;
    }

    /**
     * Fails if the gateway that runs cannot be set up.
     *
     * @return whether one runs
     */
    static boolean isRunning(Home home) throws CommandFailure, IOException, InterruptedException {
        if (!HomeLock.isHeld(home)) {
            return false;
        }
        RunFile running = RunningGateway.on(home);
        if (!running.http().isEmpty()) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the gateway was started with --http " + running.http()
                            + ", which wins over what setup writes: stop it, and start it without");
        }
        if (running.state() != RunFile.State.READY) {
            throw new CommandFailure(
                    ExitStatus.FAILED, "the gateway on " + home + " is not ready; try again in a moment");
        }
        return true;
    }

    /** Sets up the gateway that runs. Nobody who is connected to it is disturbed. */
    void running() throws CommandFailure, IOException, InterruptedException {
        setPassword();
        SetupFiles files = new SetupFiles(home.etc());
        try (Undo undo = new Undo()) {
            undo.atEnd(files::restore);
            ConfigurationWait wait = new ConfigurationWait(home);
            if (files.certify(answers)) {
                wait.untilApplied(SetupFiles.TLS);
            }
            makeCertificate();
            if (files.listen(answers)) {
                wait.untilConfirmed(SetupFiles.HTTP, answers.url());
            } else if (!RunningGateway.on(home).url().equals(answers.url())) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        SetupFiles.HTTP + " says " + answers.url()
                                + " already, but the gateway does not listen there; see " + home.log());
            }
            files.keep();
        }
        report();
    }

    /** Sets up a gateway that does not run, and tries whether it starts; it does not run afterwards. */
    void stopped() throws CommandFailure, IOException, InterruptedException {
        SetupFiles files = new SetupFiles(home.etc());
        try (Undo undo = new Undo()) {
            undo.atEnd(files::restore);
            BackgroundGateway first = new BackgroundGateway(home, Optional.of(LOOPBACK));
            undo.atEnd(first::stop);
            out.accept("Starting the gateway for this machine alone, to set the password.");
            List<String> said = first.start();
            said.subList(0, said.size() - 1).forEach(out); // where the first token is; behind it the ready line
            setPassword();
            if (answers.pair().isEmpty()) {
                makeCertificate();
            }
            first.stop();

            BackgroundGateway second = new BackgroundGateway(home, Optional.empty());
            undo.atEnd(second::stop);
            files.certify(answers);
            files.listen(answers);
            out.accept("Starting it for other machines, to see whether it listens.");
            second.start();
            check();
            files.keep();
            report();
        }
        out.accept("The gateway does not run now. Start it with 'fieldgate start'"
                + (isDistribution() ? "." : ", with --home " + home + "."));
    }

    private boolean isDistribution() throws CommandFailure {
        return new Home(Distribution.current().root()).equals(home);
    }

    private void setPassword() throws CommandFailure, IOException {
        String line = GogoLine.of("fg:passwd", List.of("--role", "admin", "--", answers.name()));
        ShellAnswer.to(home, line, Optional.of(answers.password()));
        out.accept("The password of the administrator " + answers.name() + " is set.");
    }

    /** Before the port wants it: the minute in which the change of the port must be confirmed may be too short for it. */
    private void makeCertificate() throws CommandFailure, IOException {
        ShellAnswer.to(home, "fg:certificate reload");
        if (fingerprint().isEmpty()) {
            out.accept("The gateway makes its certificate now; that takes up to a minute on a slow device.");
            ShellAnswer.to(home, "fg:certificate make");
        }
    }

    /** A gateway starts with its defaults, or with a certificate of its own, if what the files say is not possible. */
    private void check() throws CommandFailure, IOException, InterruptedException {
        ShellAnswer.to(home, "fg:config check");
        ShellAnswer.to(home, "fg:certificate reload");
        String url = RunningGateway.on(home).url();
        if (!url.equals(answers.url())) {
            throw new CommandFailure(
                    ExitStatus.FAILED, "the gateway listens at " + url + " and not at " + answers.url());
        }
    }

    private Optional<String> fingerprint() throws CommandFailure, IOException {
        return ShellAnswer.to(home, "fg:certificate").behind("fingerprint");
    }

    private void report() throws CommandFailure, IOException {
        String fingerprint = fingerprint().orElse("unknown");
        for (String url : answers.urls()) {
            out.accept("Open " + url + " and log in as " + answers.name() + ".");
        }
        out.accept("SHA-256 fingerprint of the certificate, to compare with what the browser shows:");
        out.accept(fingerprint);
    }
}
