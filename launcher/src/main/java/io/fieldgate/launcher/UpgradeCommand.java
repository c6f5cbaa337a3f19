package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldgate upgrade}: another distribution for the gateway that runs. */
@Command(
        name = "upgrade",
        description = {
            "Replace the gateway itself by another distribution, and restart it.",
            "The one before runs again if the new one does not become healthy. Ends when that is decided; it goes on "
                    + "if it is broken off."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the new one is current",
            "1:it was refused, or the one before runs again; the line on standard error says why",
            "3:no gateway runs on this home"
        })
final class UpgradeCommand implements Callable<Integer> {

    private static final int LONGEST_S = 86_400;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOption options;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The distribution, fieldgate-x.y.tar.gz; FILE.sig beside it has its signature.")
    private Path file;

    @Option(names = "--back", description = "Go back to the distribution before.")
    private boolean back;

    @Option(names = "--allow-downgrade", description = "Take a version that is lower than the one that runs.")
    private boolean downgrade;

    @Option(names = "--json", description = "Print one JSON object at the end, and nothing else.")
    private boolean json;

    @Option(
            names = "--probation",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long it must have run when it is asked whether it is healthy; ${DEFAULT-VALUE} unless given.")
    private int probation;

    @Option(
            names = "--ready",
            paramLabel = "SECONDS",
            defaultValue = "160",
            description = "How long it may take until it is ready; ${DEFAULT-VALUE} unless given.")
    private int ready;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        if (back == (file != null)) {
            throw new ParameterException(spec.commandLine(), "name either the FILE of a distribution or --back");
        }
        TrialTerms terms = new TrialTerms(seconds("--ready", ready), seconds("--probation", probation));
        Home home = options.home();
        UpgradeReport report = new UpgradeReport(spec.commandLine().getOut(), json);
        try {
            RunFile running = RunningGateway.on(home);
            new Upgrade(home, running, terms, report).run(this::target);
            report.end("current", "");
            return ExitStatus.OK;
        } catch (CommandFailure | IOException e) {
            report.end("failed", Complaint.sentence(e));
            throw e;
        }
    }

    private String target(UpgradePreparation preparation) throws CommandFailure, IOException {
        return back ? preparation.previous() : preparation.unpack(file.toAbsolutePath(), downgrade);
    }

    private Duration seconds(String option, int given) {
        if (given < 1 || given > LONGEST_S) {
            throw new ParameterException(
                    spec.commandLine(), option + " takes seconds from 1 to " + LONGEST_S + ", not " + given);
        }
        return Duration.ofSeconds(given);
    }
}
