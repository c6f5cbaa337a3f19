package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fieldgate history}: lists the updates. */
@Command(
        name = "history",
        description = "List the updates, the newest first: those under way, and the last 100 that have ended.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class HistoryCommand extends UpdateRequest {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A bundle's symbolic name; only updates of that bundle are listed.")
    private String name;

    @Override
    int run(Home home, PrintWriter out) throws CommandFailure, IOException {
        List<String> which = name == null ? List.of() : List.of("--", name);
        if (json()) {
            out.print(ShellAnswer.to(home, GogoLine.of("fg:history --json", which))
                    .output());
            return ExitStatus.OK;
        }
        return new ShellClient(home, System.out, System.err).run(GogoLine.of("fg:history", which));
    }
}
