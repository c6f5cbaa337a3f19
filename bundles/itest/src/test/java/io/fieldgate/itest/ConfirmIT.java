package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.ConfirmCommands;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A change of a port is taken back unless somebody confirms it, whatever happens meanwhile. */
class ConfirmIT {

    private static final String FILE = "io.fieldgate.transport.http.listener-field.cfg";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Long enough to confirm a change on a machine that is busy, short enough to wait for. */
    private static final String CONFIRM_S = "8";

    @Test
    void aPortComesBackUnlessItIsConfirmed() throws Exception {
        GatewayHome home = GatewayHome.create()
                .with(TestBundle.of("confirm", ConfirmCommands.class).build());
        int first = freePort();
        int second = freePort();
        configure(home, first);
        ProcessBuilder command = home.command("run", "--home", home.path().toString(), "--http", "127.0.0.1:0");
        command.environment().put("JAVA_OPTS", "-Dio.fieldgate.config.confirm.s=" + CONFIRM_S);
        command.redirectErrorStream(true)
                .redirectOutput(home.path().resolve("console.txt").toFile());
        Process gateway = command.start();
        try {
            awaitOpen(first);

            configure(home, second);
            awaitOpen(second);
            awaitOpen(first);
            awaitClosed(second);
            assertEquals("port=" + first, text(home, FILE));
            assertEquals("port=" + second, text(home, FILE + ".unconfirmed"));
            assertTrue(home.log().contains("was not confirmed in time"));

            home.configure(pid(), Map.of("port", "nine"));
            await("it is refused")
                    .atMost(PATIENCE)
                    .until(() -> shell(home, "itest:states").contains(FILE + " REFUSED [port=nine is not allowed"));
            assertTrue(isOpen(first));

            configure(home, second);
            awaitOpen(second);
            assertEquals(FILE, shell(home, "itest:keep").strip());
            assertTrue(shell(home, "itest:states").contains(FILE + " APPLIED []"));
            await("it would have come back")
                    .during(Duration.ofSeconds(10))
                    .atMost(PATIENCE)
                    .until(() -> isOpen(second));

            configure(home, first);
            awaitOpen(first);
        } finally {
            // As a loss of power does, within the wait.
            gateway.descendants().forEach(ProcessHandle::destroyForcibly);
            gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        awaitClosed(first);
        try (GatewayProcess again = GatewayProcess.start(home)) {
            awaitOpen(second);
            assertFalse(isOpen(first));
            again.awaitLog(FILE, "was not confirmed before the gateway ended");
            assertEquals("port=" + second, text(home, FILE));
        }
    }

    private static String pid() {
        return FILE.substring(0, FILE.length() - ".cfg".length());
    }

    private static void configure(GatewayHome home, int port) throws IOException {
        home.configure(pid(), Map.of("port", String.valueOf(port)));
    }

    private static String text(GatewayHome home, String name) throws IOException {
        return Files.readString(home.path().resolve("etc").resolve(name)).strip();
    }

    private static String shell(GatewayHome home, String line) throws IOException, InterruptedException {
        Path answer = Files.createTempFile(home.path(), "answer", ".txt");
        Process shell = home.command("shell", "--home", home.path().toString(), line)
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertTrue(shell.waitFor(30, TimeUnit.SECONDS), "the shell answers");
        return Files.readString(answer);
    }

    private static void awaitOpen(int port) {
        await(port + " is open").atMost(PATIENCE).until(() -> isOpen(port));
    }

    private static void awaitClosed(int port) {
        await(port + " is closed").atMost(PATIENCE).until(() -> !isOpen(port));
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
