package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A serial line of the shipped distribution: its points, its terminal, and an update of the driver while the line talks. */
class SerialIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Path folder;
    private static Process socat;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "socat")));
        assumeTrue(there || "true".equals(System.getenv("CI")), "socat is missing: apt-get install socat");
        folder = Files.createTempDirectory("serial-it");
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + near(), "pty,raw,echo=0,link=" + far())
                .inheritIO()
                .start();
        await().atMost(LIMIT).until(() -> Files.exists(near()) && Files.exists(far()));
        gateway = GatewayProcess.start(GatewayHome.create()
                .configure(
                        "io.fieldgate.transport.http",
                        Map.of("host", "127.0.0.1", "port", "0", "loopback.role", "admin"))
                .configure(
                        "io.fieldgate.driver.serial-bench",
                        Map.of(
                                "fieldgate.driver.id", "bench",
                                "port", near().toString(),
                                "lines", "count pattern=\"N (?<n>[0-9]+)\"",
                                "points", "n type=integer")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        if (socat != null) {
            socat.destroy();
            socat.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(near());
            Files.deleteIfExists(far());
            Files.deleteIfExists(folder);
        }
    }

    private static Path near() {
        return folder.resolve("near");
    }

    private static Path far() {
        return folder.resolve("far");
    }

    private static void say(OutputStream line, int number) throws Exception {
        line.write(("N " + number + "\n").getBytes(StandardCharsets.US_ASCII));
        line.flush();
    }

    private static void awaitPoint(String expected) {
        await().atMost(LIMIT)
                .until(() -> gateway.get("/api/points/bench/line/n").body().contains("\"value\":" + expected + ","));
    }

    @Test
    void pointsComeAndTheTerminalStaysOpenWhileTheDriverIsUpdated() throws Exception {
        try (OutputStream line = Files.newOutputStream(far());
                WebSocketProbe terminal = WebSocketProbe.open(gateway.uri(), "/terminal/bench")) {
            terminal.expect("open");
            say(line, 41);
            awaitPoint("41");
            assertEquals("N 41\n", heard(terminal, 5));

            Path next = BundleJar.of(Distribution.bundle("io.fieldgate.driver.serial"))
                    .reversioned("9.0.0");
            gateway.deploy(next, "serial.jar");
            terminal.expect("away: the driver of bench goes");
            terminal.expect("open");

            say(line, 42);
            awaitPoint("42");
            assertEquals("N 42\n", heard(terminal, 5));
        }
        assertEquals(200, gateway.get("/terminal/?line=bench").statusCode());
    }

    private static String heard(WebSocketProbe terminal, int octets) throws Exception {
        StringBuilder all = new StringBuilder();
        while (all.length() < octets) {
            all.append(new String(terminal.next(LIMIT).unmasked(), StandardCharsets.ISO_8859_1).substring(2));
        }
        return all.toString();
    }
}
