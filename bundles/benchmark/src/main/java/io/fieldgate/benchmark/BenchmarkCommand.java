package io.fieldgate.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmark. Exit status 0: all figures were taken; 1: some were not; 2: it was called wrongly. */
@Command(
        name = "launcher/bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures Fieldgate beside other servers, in turns, and reports the median of some rounds.",
        footer =
                "The machine should do nothing else meanwhile. All figures take 40 minutes, with --quick five; --list says which take how long.")
public final class BenchmarkCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--list",
            description = "Says which figures and servers there are and how long they take, and measures nothing.")
    private boolean list;

    @Option(names = "--only", split = ",", paramLabel = "FIGURE", description = "Takes these figures only.")
    private List<String> only = List.of();

    @Option(names = "--servers", split = ",", paramLabel = "SERVER", description = "Measures these servers only.")
    private List<String> servers = List.of();

    @Option(names = "--quick", description = "One short round: shows that all works; the figures are worth little.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each figure (default 3).")
    private Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one measurement (default 5).")
    private Double seconds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients that are idle, subscribed or talking (default 1000).")
    private Integer clients;

    @Option(
            names = "--settle",
            paramLabel = "S",
            description = "How long a server is left alone before its size is taken, in seconds (default 20).")
    private Double settle;

    @Option(names = "--markdown", description = "Prints a table for docs/performance.md.")
    private boolean markdown;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "${sys:fieldgate.json:-benchmark.json}",
            description = "Where the report goes as JSON (default ${DEFAULT-VALUE}).")
    private Path json;

    @Option(
            names = "--distribution",
            paramLabel = "DIR",
            defaultValue = "${sys:fieldgate.distribution:-launcher/target/fieldgate}",
            description = "The Fieldgate to be measured (default ${DEFAULT-VALUE}).")
    private Path distribution;

    /**
     * Runs the benchmark and ends the process.
     *
     * @param arguments as {@code --help} says
     */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for its tests too. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchmarkCommand()).setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println("launcher/bench: " + failure.getMessage());
            return FAILED;
        });
    }

    @Override
    public Integer call() throws IOException {
        try (Workspace workspace = new Workspace()) {
            List<Contender> all = Catalogue.contenders(workspace, distribution);
            List<Figure> allFigures = Catalogue.figures(OpenFiles.ofThisProcess());
            List<Figure> figures = checked(() -> Catalogue.choose(allFigures, Figure::name, only, "figure")).stream()
                    .filter(figure -> list || !figure.isCampaign() || only.contains(figure.name()))
                    .toList();
            List<Contender> contenders = checked(() -> Catalogue.choose(all, Contender::name, servers, "server"));
            boolean once = figures.stream().allMatch(Figure::isCampaign);
            Settings settings = checked(() -> once ? settings().withRounds(1) : settings());
            if (list) {
                list(figures, contenders, settings);
                return 0;
            }
            checkDistribution();
            // Before half an hour is spent on it.
            try (Writer file = openJson()) {
                Report report = run(figures, contenders, settings, (FieldgateContender) all.get(0));
                TableReport table = new TableReport(report);
                PrintWriter out = spec.commandLine().getOut();
                out.print(markdown ? table.markdown() : table.text());
                out.flush();
                new JsonReport(report).write(file);
                return report.results().failures().isEmpty() ? 0 : FAILED;
            }
        }
    }

    /** A campaign's time is not in the sum: it is taken only if it is named. */
    private void list(List<Figure> figures, List<Contender> contenders, Settings settings) {
        PrintWriter out = spec.commandLine().getOut();
        Duration sum = Duration.ZERO;
        for (Figure figure : figures) {
            Duration time = new Rounds(List.of(figure), contenders, settings, line -> {}).estimate();
            boolean counts = !figure.isCampaign() || only.contains(figure.name());
            sum = counts ? sum.plus(time) : sum;
            out.printf(
                    Locale.ROOT,
                    "%-14s %5.1f min  %s%s%n",
                    figure.name(),
                    minutes(time),
                    figure.description(),
                    counts ? "" : "; only if it is named");
        }
        out.printf(Locale.ROOT, "%-14s %5.1f min%n", "together", minutes(sum));
        out.println("servers: "
                + String.join(", ", contenders.stream().map(Contender::name).toList()));
    }

    private static double minutes(Duration time) {
        return time.toMillis() / 60_000.0;
    }

    private void checkDistribution() {
        if (!Files.isExecutable(distribution.resolve("bin/fieldgate"))) {
            throw new ParameterException(spec.commandLine(), "there is no Fieldgate in " + distribution);
        }
    }

    private Writer openJson() {
        try {
            return Files.newBufferedWriter(json);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), json + " cannot be written: " + e, e);
        }
    }

    private Report run(
            List<Figure> figures, List<Contender> contenders, Settings settings, FieldgateContender fieldgate)
            throws IOException {
        Instant at = Instant.now();
        PrintWriter progress = spec.commandLine().getErr();
        List<String> leftOut = new ArrayList<>();
        List<Contender> here = new ArrayList<>();
        for (Contender contender : contenders) {
            if (figures.stream().anyMatch(figure -> figure.fits(contender))) {
                Optional<String> missing = contender.missing();
                missing.ifPresentOrElse(leftOut::add, () -> here.add(contender));
            }
        }
        figures.forEach(figure -> figure.note(settings).ifPresent(leftOut::add));
        leftOut.forEach(progress::println);
        Results results = new Rounds(figures, here, settings, line -> {
                    progress.println(line);
                    progress.flush();
                })
                .run();
        Map<String, String> versions = new LinkedHashMap<>();
        here.forEach(contender -> versions.put(contender.name(), contender.version()));
        String command = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        return new Report(
                at,
                (spec.name() + ' ' + command).strip(),
                Machine.here(),
                fieldgate.flags(),
                versions,
                settings,
                leftOut,
                results);
    }

    private Settings settings() {
        Settings settings = quick ? Settings.quick() : Settings.thorough();
        if (rounds != null) {
            settings = settings.withRounds(rounds);
        }
        if (seconds != null) {
            settings = settings.withSeconds(duration(seconds));
        }
        if (settle != null) {
            settings = settings.withSettle(duration(settle));
        }
        return clients == null ? settings : settings.withClients(clients);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    /** Turns what is wrong with an option into an error of the command line. */
    private <T> T checked(Supplier<T> option) {
        try {
            return option.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
