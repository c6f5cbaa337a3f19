package io.fieldgate.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code keytool} of the Java that runs the gateway: Java can read certificates but has no public way to make one.
 *
 * <p>Passwords are given by file: what stands on a command line everybody on the machine can read.
 */
final class SelfSignedTool {

    /** A small machine under load takes a while to start a Java. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int OUTPUT_MAX_BYTES = 2000;

    private final Path tool;
    private final Duration limit;

    SelfSignedTool() {
        this(Path.of(System.getProperty("java.home"), "bin", "keytool"), LIMIT);
    }

    SelfSignedTool(Path tool, Duration limit) {
        this.tool = tool;
        this.limit = limit;
    }

    /**
     * Runs it and waits for its end.
     *
     * @throws CertificateRefused if it fails or takes too long; the message is one line
     */
    void run(List<String> arguments) throws CertificateRefused {
        List<String> command = new ArrayList<>(List.of(
                tool.toString(),
                "-J-Xmx48m",
                "-J-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "-J-Duser.timezone=UTC",
                "-J-Duser.language=en"));
        command.addAll(arguments);
        Process process = start(command);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CertificateRefused(tool + " has not ended after " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new CertificateRefused(tool + " fails: " + output(process));
            }
        } catch (IOException e) {
            throw new CertificateRefused(tool + " fails: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateRefused("the gateway stops", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> command) throws CertificateRefused {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new CertificateRefused(tool + " cannot be run: " + e.getMessage(), e);
        }
    }

    private static String output(Process process) throws IOException {
        byte[] bytes = process.getInputStream().readNBytes(OUTPUT_MAX_BYTES);
        return new String(bytes, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    }
}
