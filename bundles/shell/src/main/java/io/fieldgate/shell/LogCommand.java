package io.fieldgate.shell;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Shell command {@code fg:log}. */
@Component(service = LogCommand.class)
@GogoCommand(scope = "fg", function = "log")
public final class LogCommand {

    static final String LOG = """
            fg:log [-n COUNT] [-f] [-l LEVEL] [-g TEXT]
            Prints the end of the gateway's log, data/log/fieldgate.0.log and the older
            files beside it. Lines reach the file once a second, warnings and errors at
            once. fg:loglevel says what is logged at all.
              -n, --lines COUNT  how many entries, 0 to 1000, 20 unless given; a stack
                                 trace is part of its entry
              -f, --follow       goes on with what comes, until Ctrl-C
              -l, --level LEVEL  only this level or worse: error, warn, info, debug,
                                 trace
              -g, --grep TEXT    only entries that contain the text""";

    private static final int ENTRIES = 20;
    private static final int ENTRIES_MAX = 1000;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Path folder;
    private final Pause pause;

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public LogCommand(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(Gateway.HOME)), "data", "log"), Pause.REAL);
    }

    LogCommand(Path folder, Pause pause) {
        this.folder = folder;
        this.pause = pause;
    }

    /**
     * Prints the end of the log.
     *
     * @param session who asks
     * @param arguments options
     * @throws Exception if the arguments are wrong, or the log cannot be read
     */
    @Descriptor("print the end of the log, or follow it")
    public void log(CommandSession session, @Descriptor(LOG) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(LOG).run(screen, arguments, given -> {
            LogLevel level = given.value("--level").map(LogLevel::of).orElse(LogLevel.TRACE);
            String text = given.value("--grep").orElse("");
            int count = given.number("--lines", 0, ENTRIES_MAX, ENTRIES);
            Predicate<LogEntry> wanted = entry -> entry.level().reaches(level) && entry.contains(text);
            screen.live(given.has("--follow"));
            try (LogFiles files = new LogFiles(folder)) {
                files.last(count, wanted).forEach(entry -> print(screen, entry));
                if (given.has("--follow")) {
                    follow(screen, files, wanted);
                }
            } catch (NoSuchFileException e) {
                throw new IllegalStateException("fg:log: there is no log file " + e.getFile(), e);
            } catch (InterruptedException e) {
                // Ctrl-C is how it ends.
            } finally {
                screen.live(false);
            }
            return "";
        });
    }

    private void follow(Screen screen, LogFiles files, Predicate<LogEntry> wanted)
            throws IOException, InterruptedException {
        boolean printed = false;
        while (!screen.out().checkError()) {
            pause.await(LOOK);
            for (LogEntry entry : LogEntry.of(files.more())) {
                // What has lost its first line belongs to the entry before it.
                printed = entry.headless() ? printed : wanted.test(entry);
                if (printed) {
                    print(screen, entry);
                }
            }
        }
    }

    private static void print(Screen screen, LogEntry entry) {
        List<String> lines = entry.lines();
        lines.forEach(line -> screen.out().println(Table.printable(line.replace("\t", "    "))));
    }
}
