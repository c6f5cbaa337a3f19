package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fieldgate keygen} and {@code sign} as shipped; the JDK's own jarsigner says whether the result holds. */
class SigningIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void aShippedBundleIsSignedAndHolds() throws Exception {
        String command = Distribution.command().toString();
        Path jar = Files.copy(Distribution.bundle("io.fieldgate.handler.echo"), folder.resolve("echo.jar"));
        run(command, "keygen", "acme.p12", "--name", "Acme");
        run(command, "sign", "echo.jar", "--key", "acme.p12");
        String jarsigner =
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString();
        String said = run(
                jarsigner,
                "-J-Duser.language=en",
                "-verify",
                "-verbose",
                "-certs",
                "-keystore",
                "acme.p12",
                "-storepass:env",
                "FIELDGATE_KEY_PASSWORD",
                jar.toString());
        assertTrue(said.contains("jar verified."), said);
        assertTrue(said.contains("CN=Acme"), said);
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        builder.environment().put("FIELDGATE_KEY_PASSWORD", "correct horse");
        return Outcome.of(builder, LIMIT).orFail();
    }
}
