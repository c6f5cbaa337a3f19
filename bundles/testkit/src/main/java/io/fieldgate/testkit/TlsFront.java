package io.fieldgate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS in front of a gateway, as a proxy has it: clients speak TLS to it, and it speaks plainly to the gateway. Its certificate is of its
 * own making and is gone with it.
 *
 * <pre>{@code
 * try (TlsFront front = TlsFront.before(gateway.uri());
 *         WebSocketProbe client = WebSocketProbe.open(front.upgrade("/echo"))) {
 *     client.send("hello").expect("hello");
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Two threads serve each connection, so it is for hundreds, not thousands. Safe for use by many threads.
 */
public final class TlsFront implements AutoCloseable {

    private static final char[] PASSWORD = "not a secret".toCharArray();
    private static final Duration KEYTOOL_LIMIT = Duration.ofSeconds(60);
    private static final int BUFFER_BYTES = 16_384;
    private static final int BACKLOG = 1_000;

    private final URI gateway;
    private final SSLContext context;
    private final SSLServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(URI gateway, SSLContext context) throws IOException {
        this.gateway = gateway;
        this.context = context;
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    /**
     * Makes a certificate for 127.0.0.1 with the JDK's {@code keytool} and listens on a free port of it.
     *
     * @param gateway address of the gateway, {@code http://host:port/}
     * @return what clients connect to
     * @throws IOException if the certificate cannot be made or the port not be opened
     * @throws InterruptedException if the thread is interrupted
     */
    public static TlsFront before(URI gateway) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fieldgate-tls-");
        Path file = folder.resolve("front.p12");
        try {
            makeKey(file);
            return new TlsFront(gateway, context(file));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /**
     * A request for a path of the gateway that goes by TLS. Its header {@code Host} names this front, which is on the same machine.
     *
     * @param path the path, which begins with a slash
     * @return a request that can be changed, of a client that trusts the certificate
     */
    public Upgrade upgrade(String path) {
        return Upgrade.to(URI.create("https://127.0.0.1:" + server.getLocalPort() + "/"), path)
                .tls(context);
    }

    /** Takes nobody new and ends all connections. */
    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(TlsFront::cut);
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                start("serve", () -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket behind = new Socket(gateway.getHost(), gateway.getPort())) {
            open.add(client);
            open.add(behind);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            Thread back = start("back", () -> pump(behind, client));
            pump(client, behind);
            back.join();
        } catch (IOException e) {
            cut(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    /** Carries one direction until it ends, and then says so to the other side, which may still answer. */
    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            int count = in.read(buffer);
            while (count >= 0) {
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            cut(from);
            cut(to);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it has ended either way
        }
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String password = new String(PASSWORD);
        Outcome.of(
                        new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                password,
                                "-alias",
                                "front",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=127.0.0.1",
                                "-ext",
                                "san=ip:127.0.0.1,dns:localhost",
                                "-validity",
                                "2"),
                        KEYTOOL_LIMIT)
                .orFail();
    }

    private static SSLContext context(Path file) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("front", keys.getCertificate("front"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS with the certificate just made", e);
        }
    }

    private static Thread start(String what, Runnable work) {
        Thread thread = new Thread(work, "tls-front-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
