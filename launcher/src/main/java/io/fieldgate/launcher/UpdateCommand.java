package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fieldgate update}: replaces bundles of the running gateway. */
@Command(
        name = "update",
        description = {
            "Replace bundles of the running gateway, all of them or none.",
            "Each state is printed as it passes: staged, verified, activating, probation, committed; or rolled back or "
                    + "refused, with the reason. Ctrl-C ends the waiting and not the update."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the new versions run, and will after the next start",
            "1:they do not; the versions before do, if anything was touched",
            "2:the command line is wrong",
            "3:no gateway runs on this home, or it has stopped meanwhile"
        })
final class UpdateCommand extends UpdateRequest {

    /** System property: the width of the terminal that standard output is. */
    private static final String COLUMNS = "fieldgate.columns";

    @Option(names = "--allow-downgrade", description = "Take lower versions than those that run.")
    private boolean downgrade;

    @Option(names = "--allow-refresh", description = "Take it that other bundles restart, which are wired to these.")
    private boolean refresh;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "Trust the certificates in this file (PEM) for https, instead of those of Java.")
    private Path authority;

    @Parameters(
            paramLabel = "FILE|URL",
            arity = "1..*",
            description = "A jar, or where one is to be fetched from by http or https.")
    private List<String> given = List.of();

    @Override
    int run(Home home, PrintWriter out) throws CommandFailure, IOException, InterruptedException {
        List<UpdateSource> sources = new ArrayList<>();
        for (String text : given) {
            sources.add(UpdateSource.of(text));
        }
        int columns = Integer.getInteger(COLUMNS, 0);
        Progress progress = columns > 0 && !json() ? new ProgressBar(out, columns) : Progress.NONE;
        return follow(home, out, ask(home, sources, progress));
    }

    /** Brings the jars to the gateway and asks it for the update; then it has copies of its own. */
    private String ask(Home home, List<UpdateSource> sources, Progress progress)
            throws CommandFailure, IOException, InterruptedException {
        List<IncomingFile> files = new ArrayList<>();
        try {
            List<String> words = new ArrayList<>(List.of("--no-wait"));
            if (downgrade) {
                words.add("--allow-downgrade");
            }
            if (refresh) {
                words.add("--allow-refresh");
            }
            for (UpdateSource source : sources) {
                IncomingFile file = IncomingFile.in(home);
                files.add(file);
                bring(source, file, progress);
                words.add(file.path().toString());
            }
            return ShellAnswer.to(home, GogoLine.of("fg:update", words)).output();
        } catch (CommandFailure e) {
            String message = e.getMessage();
            for (int i = 0; i < files.size(); i++) {
                message = message.replace(
                        files.get(i).path().toString(), sources.get(i).text());
            }
            throw new CommandFailure(e.status(), message, e);
        } finally {
            for (IncomingFile file : files) {
                file.close();
            }
        }
    }

    private void bring(UpdateSource source, IncomingFile file, Progress progress)
            throws CommandFailure, IOException, InterruptedException {
        progress.begin(source.name());
        try {
            Optional<URI> url = source.url();
            if (url.isPresent()) {
                new Download(
                                authority == null ? Optional.empty() : Optional.of(TrustedAuthority.of(authority)),
                                Download.Limits.SHIPPED)
                        .fetch(url.get(), file.channel(), progress);
            } else {
                source.copy(file.channel(), progress);
            }
        } finally {
            progress.end();
        }
    }
}
