package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleException;

/**
 * What {@code fieldgate run} was asked for. The plain forms of that command line are read here, without picocli, and all others
 * are left to it. Its classes are of a format that the JVM's archive does not take: a gateway that loads them keeps 3 MB more
 * for as long as it runs, and that is why there is this second reader. Ways of using less of picocli were measured and gain about
 * half of that at most, see {@code docs/performance.md}.
 *
 * @param folder the home, if it is not the distribution's folder
 * @param http where to listen, if the command line says so
 * @param verbose whether the whole log is shown
 * @param detached whether nobody reads standard error
 */
record PlainRun(Optional<Path> folder, Optional<String> http, boolean verbose, boolean detached) {

    /**
     * Reads a command line.
     *
     * @return nothing if it is anything but {@code run} with sound options, each once; picocli then says what it is
     */
    static Optional<PlainRun> of(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("run")) {
            return Optional.empty();
        }
        PlainRun run = new PlainRun(Optional.empty(), Optional.empty(), false, false);
        List<String> words = List.of(arguments);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--verbose") && !run.verbose) {
                run = new PlainRun(run.folder, run.http, true, run.detached);
            } else if (word.equals("--detached") && !run.detached) {
                run = new PlainRun(run.folder, run.http, run.verbose, true);
            } else if (word.equals("--home") && run.folder.isEmpty() && isValue(words, i + 1)) {
                run = new PlainRun(Optional.of(Path.of(words.get(++i))), run.http, run.verbose, run.detached);
            } else if (word.equals("--http") && run.http.isEmpty() && isAddress(words, i + 1)) {
                run = new PlainRun(run.folder, Optional.of(words.get(++i)), run.verbose, run.detached);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(run);
    }

    /** Whether there is a word that no rule of picocli's, for options, quotes or files of arguments, would change. */
    private static boolean isValue(List<String> words, int index) {
        return index < words.size() && words.get(index).matches("[^-@\"'\\s=\\x00][^\"'\\x00]*");
    }

    private static boolean isAddress(List<String> words, int index) {
        return index < words.size() && HostAndPort.matches(words.get(index));
    }

    /**
     * Runs the gateway until it is stopped.
     *
     * @param out gets the ready line
     * @return the status to end with
     */
    int call(PrintWriter out) throws CommandFailure, IOException, InterruptedException, BundleException {
        Distribution distribution = Distribution.current();
        Home home = new Home(folder.orElse(distribution.root()));
        new GatewayProcess(distribution, home).run(http, console(), line -> {
            out.println(line);
            out.flush();
        });
        return ExitStatus.OK;
    }

    private GatewayLog.Console console() {
        if (verbose) {
            return GatewayLog.Console.VERBOSE;
        }
        return detached ? GatewayLog.Console.NONE : GatewayLog.Console.QUIET;
    }
}
