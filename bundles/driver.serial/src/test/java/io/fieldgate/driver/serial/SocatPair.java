package io.fieldgate.driver.serial;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A line of two pseudo-terminals: what goes in at one end comes out at the other. */
final class SocatPair implements AutoCloseable {

    private final Path folder;
    private Process socat;

    SocatPair() throws IOException {
        boolean there = System.getenv("PATH") != null
                && Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "socat")));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("socat is missing: apt-get install socat");
        }
        assumeTrue(there, "socat is missing: apt-get install socat");
        folder = Files.createTempDirectory("socat");
        plug();
    }

    void plug() throws IOException {
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + near(), "pty,raw,echo=0,link=" + far())
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(near()) && Files.exists(far()));
    }

    /** Both ends are gone, as if an adapter had been pulled. */
    void pull() throws IOException {
        socat.destroy();
        try {
            if (!socat.waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("socat does not end");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Files.deleteIfExists(near());
        Files.deleteIfExists(far());
    }

    Path near() {
        return folder.resolve("near");
    }

    Path far() {
        return folder.resolve("far");
    }

    void say(String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(far())) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        pull();
        Files.deleteIfExists(folder);
    }
}
