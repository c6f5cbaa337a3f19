package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one log of the process: the files in {@code data/log}, and standard error. */
final class GatewayLog implements AutoCloseable {

    /** What the command line chose for standard error. */
    enum Console {
        /** Nothing: there is nobody to read it. */
        NONE,
        /** Warnings and errors, without stack traces, once the start has gone well. */
        QUIET,
        /** All that the file has, from the first line on. */
        VERBOSE
    }

    private static final int FILE_MAX_BYTES = 2 * 1024 * 1024;
    private static final int FILES = 5;
    private static final int WRITE_EVERY_MS = 1_000;

    private static final Logger ROOT = Logger.getLogger("");

    /** Loggers with a level of their own; the JDK holds loggers weakly, and a level that nobody holds is lost. */
    private static final List<Logger> QUIETER =
            List.of(Logger.getLogger("org.apache.felix.scr"), Logger.getLogger("org.eclipse.jetty"));

    /**
     * They warn of every request that is not HTTP and quote it. The client is told; here nobody can do anything about it, and anybody who
     * can reach the port could fill the log.
     */
    private static final List<Logger> OF_BAD_REQUESTS = List.of(
            Logger.getLogger("org.eclipse.jetty.http.HttpParser"), Logger.getLogger("org.eclipse.jetty.util.HostPort"));

    /** It says that Jetty has started at a port that nobody can reach: the real one is opened later, by {@code transport.http}. */
    private static final Logger FELIX_HTTP = Logger.getLogger("org.apache.felix.http");

    private static final String NOT_THE_PORT = "Started Jetty ";

    private final LogFile file;
    private final Optional<ConsoleLog> console;
    private final Thread writer;

    private GatewayLog(LogFile file, Optional<ConsoleLog> console, Thread writer) {
        this.file = file;
        this.console = console;
        this.writer = writer;
    }

    /**
     * Opens the log; from now on all of SLF4J goes there.
     *
     * @param folder where the files lie; it must exist
     */
    static GatewayLog open(Path folder, Console choice) throws IOException {
        LogFile file = new LogFile(folder, FILE_MAX_BYTES, FILES);
        file.setFormatter(new LogLine(true));
        Optional<ConsoleLog> console = console(choice);
        Thread writer = new Thread(() -> writeRegularly(file), "fieldgate-log");
        writer.setDaemon(true);
        writer.start();
        ROOT.setLevel(Level.INFO);
        QUIETER.forEach(logger -> logger.setLevel(Level.WARNING));
        OF_BAD_REQUESTS.forEach(logger -> logger.setLevel(Level.SEVERE));
        FELIX_HTTP.setFilter(entry -> !entry.getMessage().startsWith(NOT_THE_PORT));
        ROOT.addHandler(file);
        console.ifPresent(ROOT::addHandler);
        return new GatewayLog(file, console, writer);
    }

    private static void writeRegularly(LogFile file) {
        try {
            while (true) {
                Thread.sleep(WRITE_EVERY_MS);
                file.write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<ConsoleLog> console(Console choice) {
        if (choice == Console.NONE) {
            return Optional.empty();
        }
        boolean verbose = choice == Console.VERBOSE;
        ConsoleLog console = new ConsoleLog(System.err, new LogLine(verbose), verbose ? Level.INFO : Level.WARNING);
        if (verbose) {
            console.show();
        }
        return Optional.of(console);
    }

    /** The start has gone well: standard error gets what it missed, and from now on each record. */
    void showConsole() {
        console.ifPresent(ConsoleLog::show);
    }

    /** Writes what is left and closes the files. */
    @Override
    public void close() {
        writer.interrupt();
        console.ifPresent(ROOT::removeHandler);
        ROOT.removeHandler(file);
        file.close();
    }
}
