package io.fieldgate.itest.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The machine that this runs on: its simulated hardware, and the programs that look at it past the gateway. */
final class Guest {

    /** Long enough for an emulated processor on a machine that is busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Guest() {}

    /** What the machine has told of itself, for example the number of the I2C bus. */
    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new AssertionError(name + " is not set: this runs in the machine that .ci/hardware boots");
        }
        return value;
    }

    static Path folder(String variable) {
        return Path.of(variable(variable));
    }

    static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    /** Runs a program and returns what it printed, its errors too. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
        return said;
    }

    /** A question that is asked until the answer is yes. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    /** Waits until something is so, {@link #PATIENCE} at most. */
    static void await(String what, Question question) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.ask()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain waited for: " + what);
            }
            pause();
        }
    }

    static void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
}
