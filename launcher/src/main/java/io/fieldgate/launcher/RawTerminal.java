package io.fieldgate.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The terminal on standard input, in raw mode: every key, Ctrl-C too, is but a byte. However the process ends (but by SIGKILL),
 * the terminal is as it was before.
 *
 * <p>POSIX's {@code stty} does it, so that nothing native has to be unpacked and loaded.
 */
final class RawTerminal implements AutoCloseable {

    private static final long LIMIT_S = 5;

    private final String before;
    private final Thread hook;
    private boolean restored;

    private RawTerminal(String before, Runnable whenKilled) {
        this.before = before;
        hook = new Thread(
                () -> {
                    whenKilled.run();
                    restore();
                },
                "fieldgate-terminal");
    }

    /**
     * Puts the terminal into raw mode.
     *
     * @param whenKilled is run when the process ends before {@link #close}, from a signal
     * @throws CommandFailure if that cannot be done
     */
    static RawTerminal open(Runnable whenKilled) throws CommandFailure, IOException, InterruptedException {
        RawTerminal terminal = new RawTerminal(stty("-g"), whenKilled);
        Runtime.getRuntime().addShutdownHook(terminal.hook);
        try {
            stty("raw", "-echo");
            return terminal;
        } catch (CommandFailure | IOException | InterruptedException e) {
            terminal.close();
            throw e;
        }
    }

    /** Columns and rows, as in {@code 80 24}; {@code 0 0} if the terminal does not know. */
    static String size() throws IOException, InterruptedException {
        try {
            String[] size = stty("size").split(" ", -1);
            return size.length == 2 ? size[1] + ' ' + size[0] : "0 0";
        } catch (CommandFailure e) {
            return "0 0";
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already, and the hook has run or finds nothing left to do
        }
    }

    private synchronized void restore() {
        if (restored) {
            return;
        }
        restored = true;
        try {
            stty(before);
        } catch (CommandFailure | IOException e) {
            complain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            complain(e);
        }
    }

    private static void complain(Exception e) {
        System.err.println("fieldgate: the terminal is not as it was, 'stty sane' mends it: " + e.getMessage());
    }

    private static String stty(String... arguments) throws CommandFailure, IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectInput(Redirect.INHERIT)
                .redirectErrorStream(true)
                .start();
        try {
            if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                throw new CommandFailure(ExitStatus.FAILED, "stty does not end");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new CommandFailure(ExitStatus.FAILED, "the terminal cannot be set: " + said);
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
