package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The distribution speaks Modbus from files in {@code etc/} alone: its server shows the tank, its master reads and writes that server, and
 * Debian's mbpoll looks on.
 */
class ModbusIT {

    private static final String BUNDLE = "io.fieldgate.driver.modbus";
    private static final Path MBPOLL = Path.of("/usr/bin/mbpoll");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void aMasterAndAServerLiveFromFilesAndThroughAnUpdate() throws Exception {
        int port = freePort();
        GatewayHome home =
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("loopback.role", "operator"));
        try (GatewayProcess gateway = GatewayProcess.start(home)) {
            configure(home, port);
            awaitPoint(gateway, "plant/plc/level", "\"quality\":\"good\"");
            try (LiveProbe operator = LiveProbe.open(gateway.uri())) {
                String written = operator.ask("write", "\"point\":\"plant/plc/heater\",\"value\":37.5");
                assertTrue(written.contains("\"op\":\"ok\""), written);
            }
            awaitPoint(gateway, "sim/tank/heater", "37\\.5");
            mbpollReads(port);

            Path next = BundleJar.of(Distribution.bundle(BUNDLE)).reversioned("9.1.0");
            gateway.deploy(next, "modbus.jar");

            await("the new version")
                    .atMost(LIMIT)
                    .until(() -> gateway.bundles().of(BUNDLE).version().equals("9.1.0"));
            awaitPoint(gateway, "plant/plc/heater", "\"value\":37\\.5,\"quality\":\"good\"");
            mbpollReads(port);
        }
    }

    private static void configure(GatewayHome home, int port) throws IOException {
        home.configure(
                BUNDLE + ".server-plc",
                Map.of(
                        "listen",
                        "127.0.0.1:" + port,
                        "points",
                        "sim/tank/level table=input address=0 type=float32,"
                                + "sim/tank/heater table=holding address=10 type=int16 scale=0.1 writable=true"));
        home.configure(
                BUNDLE + "-plant",
                Map.of(
                        "fieldgate.driver.id",
                        "plant",
                        "connect",
                        "tcp:127.0.0.1:" + port,
                        "period.ms",
                        "100",
                        "units",
                        "plc unit=1",
                        "registers",
                        "level function=input address=0 type=float32 unit=m,"
                                + "heater address=10 type=int16 scale=0.1 unit=% writable=true"));
    }

    private static void awaitPoint(GatewayProcess gateway, String point, String expression) {
        await(point + " with " + expression)
                .atMost(LIMIT)
                .until(
                        () -> gateway.get("/api/points/" + point).body(),
                        body -> body.matches("(?s).*" + expression + ".*"));
    }

    private static void mbpollReads(int port) throws Exception {
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Files.isExecutable(MBPOLL), MBPOLL + " is missing");
        }
        assumeTrue(Files.isExecutable(MBPOLL), MBPOLL + " is missing");
        Path output = Files.createTempFile("fieldgate-mbpoll", ".txt");
        List<String> command = new ArrayList<>(List.of(MBPOLL.toString(), "-0", "-1", "-q", "-a", "1"));
        command.addAll(List.of("-t", "4", "-r", "10", "-p", Integer.toString(port), "127.0.0.1"));
        Process mbpoll = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(mbpoll.waitFor(20, TimeUnit.SECONDS), "mbpoll does not end");
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertEquals(0, mbpoll.exitValue(), said);
            assertTrue(said.contains("[10]: \t375"), said);
        } finally {
            mbpoll.destroyForcibly();
            Files.delete(output);
        }
    }
}
