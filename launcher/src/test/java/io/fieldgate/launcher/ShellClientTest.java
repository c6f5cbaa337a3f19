package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class ShellClientTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Home home;
    private ShellClient client;
    private ServerSocketChannel server;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(folder);
        new HomeFolders(home).createData();
        client = new ShellClient(home, out, err, 120, 40);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void sendsTheCommandAndPassesOnWhatItPrints() throws Exception {
        listen(home.data().resolve("shell.sock"));
        CompletableFuture<String> asked =
                answer(frame('o', "first, grün\n"), frame('e', "a warning\n"), frame('o', "last\n"), frame('x', "7"));

        int status = client.run("fg:points sim/**");

        assertAll(
                () -> assertEquals(7, status),
                () -> assertEquals("RUN 120 40\nfg:points sim/**", asked.get(5, TimeUnit.SECONDS)),
                () -> assertEquals("first, grün\nlast\n", out.toString(StandardCharsets.UTF_8)),
                () -> assertEquals("a warning\n", err.toString(StandardCharsets.UTF_8)));
    }

    @Test
    void sendsASecretBesideTheCommand() throws Exception {
        listen(home.data().resolve("shell.sock"));
        CompletableFuture<String> asked = answer(frame('x', "1"));

        assertEquals(1, client.run("fg:passwd 'anna'", "grün\n1"));
        assertEquals("SECRET 7\ngrün\n1RUN 120 40\nfg:passwd 'anna'", asked.get(5, TimeUnit.SECONDS));
    }

    @Test
    void goesWhereTheGatewaySaysThatItsSocketIs() throws Exception {
        listen(folder.resolve("other.sock"));
        CompletableFuture<String> asked = answer(frame('x', "0"));

        assertEquals(0, client.run("help"));
        assertEquals("RUN 120 40\nhelp", asked.get(5, TimeUnit.SECONDS));
    }

    @Test
    void saysThatTheGatewayHasNoShell() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> client.run("help"));

        assertEquals("the gateway on " + home + " has no shell, or not yet", failure.getMessage());
    }

    @Test
    void saysThatTheShellDoesNotAnswer() throws IOException {
        Files.writeString(
                home.data().resolve("shell.path"), folder.resolve("gone").toString());

        CommandFailure failure = assertThrows(CommandFailure.class, () -> client.run("help"));
        assertTrue(failure.getMessage().contains("does not answer at " + folder.resolve("gone")), failure::getMessage);
    }

    @Test
    void saysThatTheGatewayBrokeOff() throws Exception {
        listen(home.data().resolve("shell.sock"));
        CompletableFuture<String> asked = answer(frame('o', "half"));

        CommandFailure failure = assertThrows(CommandFailure.class, () -> client.run("help"));

        assertEquals("the gateway has closed its shell", failure.getMessage());
        assertEquals("RUN 120 40\nhelp", asked.get(5, TimeUnit.SECONDS));
    }

    @Test
    void givesTheScreenBackThatACommandHadWhenTheGatewayBrokeOff() throws Exception {
        listen(home.data().resolve("shell.sock"));
        CompletableFuture<String> asked = answer(frame('o', "\033[?1049htable"));

        assertThrows(CommandFailure.class, () -> client.run("fg:watch"));

        assertEquals("\033[?1049htable\033[?1049l\033[?25h", out.toString(StandardCharsets.UTF_8));
        assertEquals("RUN 120 40\nfg:watch", asked.get(5, TimeUnit.SECONDS));
    }

    @Test
    void refusesAFrameWithoutSense() throws Exception {
        listen(home.data().resolve("shell.sock"));
        CompletableFuture<String> asked = answer(ByteBuffer.wrap(new byte[] {'o', 127, 0, 0, 0}));

        assertThrows(CommandFailure.class, () -> client.run("help"));
        assertEquals("RUN 120 40\nhelp", asked.get(5, TimeUnit.SECONDS));
    }

    private void listen(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.writeString(home.data().resolve("shell.path"), socket + "\n");
    }

    /** Serves one connection: reads to its end, sends the frames, closes. */
    private CompletableFuture<String> answer(ByteBuffer... frames) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel channel = server.accept()) {
                ByteBuffer asked = ByteBuffer.allocate(1024);
                while (channel.read(asked) >= 0) {
                    // Until the client closes its side.
                }
                for (ByteBuffer frame : frames) {
                    channel.write(frame);
                }
                return StandardCharsets.UTF_8.decode(asked.flip()).toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static ByteBuffer frame(char type, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) type)
                .putInt(payload.length)
                .put(payload)
                .flip();
    }
}
