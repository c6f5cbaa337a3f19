package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The distribution also runs on Java 25, if there is one: where {@code FIELDGATE_JDK25} says, or under {@code /usr/lib/jvm}. */
class OtherJavaIT {

    private static final String ECHO = "io.fieldgate.handler.echo";

    @Test
    void runsOnJava25AndReplacesABundleThere() throws Exception {
        Optional<Path> jdk = jdk25();
        assumeTrue(jdk.isPresent(), "no Java 25 here: set FIELDGATE_JDK25 to the folder of one");
        try (GatewayProcess gateway = GatewayProcess.start(GatewayHome.create(), jdk.get());
                WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals(200, gateway.get("/").statusCode());
            assertEquals("hello", client.ask("hello"));
            gateway.deploy(BundleJar.of(Distribution.bundle(ECHO)).reversioned("0.1.1"), "echo.jar");
            gateway.bundles().awaitVersion(ECHO, "0.1.1");
            assertEquals("hello again", client.ask("hello again"));
            String java = gateway.handle().info().command().orElse("");
            assertTrue(java.startsWith(jdk.get().toString()), java);
        }
    }

    private static Optional<Path> jdk25() throws IOException {
        String named = System.getenv("FIELDGATE_JDK25");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(OtherJavaIT::isJava25).findFirst();
        }
    }

    private static boolean isJava25(Path jdk) {
        try {
            return Files.isExecutable(jdk.resolve("bin/java"))
                    && Files.isRegularFile(jdk.resolve("release"))
                    && Files.readString(jdk.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            return false;
        }
    }
}
