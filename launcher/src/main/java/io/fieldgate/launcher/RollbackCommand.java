package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fieldgate rollback}: goes back to the version before of a bundle. */
@Command(
        name = "rollback",
        description = {
            "Go back to the version before of a bundle: that of the update before, or the one that was shipped.",
            "It goes like any update, and is printed like one."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RollbackCommand extends UpdateRequest {

    @Option(names = "--allow-refresh", description = "Take it that other bundles restart, which are wired to this one.")
    private boolean refresh;

    @Parameters(paramLabel = "NAME", description = "The bundle's symbolic name.")
    private String name;

    @Override
    int run(Home home, PrintWriter out) throws CommandFailure, IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("--no-wait"));
        if (refresh) {
            words.add("--allow-refresh");
        }
        words.addAll(List.of("--", name));
        return follow(
                home,
                out,
                ShellAnswer.to(home, GogoLine.of("fg:rollback", words)).output());
    }
}
