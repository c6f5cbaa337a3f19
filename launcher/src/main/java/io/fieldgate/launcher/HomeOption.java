package io.fieldgate.launcher;

import java.nio.file.Path;
import java.util.Optional;
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
        return new Home(folder == null ? Distribution.current().root() : folder);
    }

    /** The home as it was given. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    boolean verbose() {
        return verbose;
    }
}
