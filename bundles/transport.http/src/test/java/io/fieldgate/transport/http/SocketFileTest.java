package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jetty on a Unix domain socket, by the connector of this bundle. */
class SocketFileTest {

    private final Server server = new Server();
    private final Listener listener = new Listener(new TlsDoor(() -> {}));

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server.addBean(new Seats(GivenLimits.of(Map.of())));
        server.addBean(new Cloakroom(new Proxies(List.of())));
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                String client = Request.getRemoteAddr(request) + ':' + Request.getRemotePort(request);
                response.write(true, ByteBuffer.wrap(client.getBytes(StandardCharsets.US_ASCII)), callback);
                return true;
            }
        });
        LifeCycle.start(server);
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
    }

    @Test
    void servesClientsThatHaveANumberForAnAddress() throws IOException {
        SocketFile file = file("a.sock", "660");
        listener.follow(server, terms(file));
        assertEquals("unix:" + file.path(), listener.url());
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
        assertTrue(ask(file).endsWith("unix:1"));
        assertTrue(ask(file).endsWith("unix:2"));
    }

    @Test
    void takesAnotherModeWithoutOpeningAgain() throws IOException {
        SocketFile file = file("a.sock", "660");
        assertTrue(listener.follow(server, terms(file)));
        assertFalse(listener.follow(server, terms(file("a.sock", "600"))));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
    }

    @Test
    void removesItsFileWhenItRetiresAndWhenJettyStops() throws IOException {
        SocketFile first = file("a.sock", "600");
        listener.follow(server, terms(first));
        SocketFile second = file("b.sock", "600");
        listener.follow(server, terms(second));
        assertFalse(Files.exists(first.path()));
        assertTrue(ask(second).endsWith("unix:1"));
        LifeCycle.stop(server);
        assertFalse(Files.exists(second.path()));
    }

    @Test
    void takesThePlaceOfASocketThatNobodyAnswersOn() throws IOException {
        SocketFile file = file("a.sock", "600");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(file.path()))
                .close();
        assertTrue(Files.exists(file.path()), "what a crash leaves behind");
        listener.follow(server, terms(file));
        assertTrue(ask(file).endsWith("unix:1"));
    }

    @Test
    void leavesAloneWhatIsInUseOrNoSocket() throws IOException {
        SocketFile file = file("a.sock", "600");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(file.path()));
            assertFailure("cannot listen on " + file + ": address already in use", file);
            assertTrue(Files.exists(file.path()));
        }
        SocketFile text = file("text", "600");
        Files.writeString(text.path(), "text");
        assertFailure("cannot listen on " + text + ": there is a file of that name that is no socket", text);
        SocketFile nowhere = file("none/a.sock", "600");
        assertFailure(
                "cannot listen on " + nowhere + ": there is no folder "
                        + nowhere.path().getParent(),
                nowhere);
        assertEquals(0, server.getConnectors().length);
    }

    @Test
    void refusesALongPathAndAModeThatIsNone() {
        IllegalArgumentException tooLong =
                assertThrows(IllegalArgumentException.class, () -> file("x".repeat(108), "600"));
        assertTrue(tooLong.getMessage().startsWith("socket must be a path of at most 107 bytes"));
        IllegalArgumentException noMode = assertThrows(IllegalArgumentException.class, () -> file("a", "rw"));
        assertEquals("mode must be three octal digits such as 660, is \"rw\"", noMode.getMessage());
    }

    private void assertFailure(String message, SocketFile file) {
        IOException failure = assertThrows(IOException.class, () -> listener.follow(server, terms(file)));
        assertEquals(message, failure.getMessage());
    }

    private SocketFile file(String name, String mode) {
        return new SocketFile(folder.resolve(name), mode, "");
    }

    private static Terms terms(SocketFile file) {
        return new Terms(file, new Speech.Plain(), Paths.ALL, new Terms.Limits(60, 8192, 8, 128, 0));
    }

    private static String ask(SocketFile file) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file.path()))) {
            client.configureBlocking(false);
            client.write(
                    ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> readOn(client, answer), text -> text.matches("(?s).*\r\n\r\nunix:\\d"));
        }
    }

    private static String readOn(SocketChannel client, ByteBuffer answer) throws IOException {
        client.read(answer);
        return StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString();
    }
}
