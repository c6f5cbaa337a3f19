package io.fieldgate.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command has. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The home, with etc/, deploy/ and data/. Without it: the folder of the distribution.")
    private Path folder;

    @Option(names = "--verbose", description = "Show the whole log, and stack traces, on standard error.")
    private boolean verbose;

    Home home() throws CommandFailure {
        return new Home(folder == null ? Distribution.called().root() : folder);
    }

    boolean verbose() {
        return verbose;
    }
}
