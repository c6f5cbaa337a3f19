package io.fieldgate.itest;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A real terminal, of tmux: a {@code sh} runs in it, keys are pressed, and its screen is read. */
final class TmuxTerminal implements AutoCloseable {

    /** What its {@code sh} says when it waits for a command. */
    static final String PROMPT = "sh> ";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name = "fieldgate-it-" + ProcessHandle.current().pid() + '-' + COUNT.incrementAndGet();

    private TmuxTerminal() {}

    /** Skips the test where tmux is not installed, unless a build server runs it. */
    static void require() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "tmux"))
                .anyMatch(Files::isExecutable);
        if (!installed) {
            String message = "tmux is not installed: the interactive shell is not tried in a terminal";
            if (System.getenv("CI") != null) {
                throw new AssertionError(message);
            }
            abort(message);
        }
    }

    /** Opens a terminal of 80 by 24. */
    static TmuxTerminal open() throws IOException, InterruptedException {
        TmuxTerminal terminal = new TmuxTerminal();
        terminal.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "env PS1='" + PROMPT + "' sh");
        terminal.awaitText(PROMPT);
        return terminal;
    }

    /** Types a text as it is. */
    void type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
    }

    /** Presses keys by tmux's names for them, such as {@code Tab}, {@code C-c} and {@code Enter}. */
    void press(String... keys) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("send-keys"));
        arguments.addAll(List.of(keys));
        tmux(arguments.toArray(String[]::new));
    }

    /** Types a line and Enter. */
    void enter(String line) throws IOException, InterruptedException {
        type(line);
        press("Enter");
    }

    /**
     * Runs a command of {@code sh}, and returns when it prompts again. A line that is typed before the prompt is there would be
     * followed by the prompt, which then looks like that of the next command.
     */
    void run(String command) throws IOException, InterruptedException {
        enter(command + "; printf '\\ndone\\n'");
        awaitText("\ndone\n" + PROMPT.strip());
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(rows));
    }

    /** What has been on the screen, also what has gone out at the top; lines that were wrapped are whole. */
    String text() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-J", "-S", "-2000");
    }

    void awaitText(String... parts) throws IOException, InterruptedException {
        await("the terminal shows " + List.of(parts), shown -> Stream.of(parts).allMatch(shown::contains));
    }

    /** Waits until the last line that is not empty ends with a text. */
    void awaitLastLine(String end) throws IOException, InterruptedException {
        await(
                "the last line of the terminal is " + end,
                shown -> shown.stripTrailing().endsWith(end.stripTrailing()));
    }

    private void await(String what, Predicate<String> condition) throws IOException, InterruptedException {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> condition.test(text()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + PATIENCE + ": " + what + "; it shows\n" + text(), e);
        }
    }

    /** Whether it shows its first screen, with a cursor. */
    boolean isPlain() throws IOException, InterruptedException {
        return tmux("display-message", "-p", "#{cursor_flag} #{alternate_on}")
                .strip()
                .equals("1 0");
    }

    /** The process that runs in the foreground of the terminal's {@code sh}. */
    ProcessHandle program() throws IOException, InterruptedException {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        return ProcessHandle.of(shell).orElseThrow().descendants().findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        try {
            tmux("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the terminal was closed", e);
        }
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", name));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(command + " has failed: " + said);
        }
        return said;
    }
}
