package io.fieldgate.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;

/** A home with a key that may log in, a fake shell, SSH, and a client of the same library. */
final class TestGateway implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);

    final Path home;
    final KeyPair key = ec();
    final FakeShell shell;
    final SshAccess access;
    final SshClient client = SshClient.setUpDefaultClient();

    TestGateway(Path home) throws IOException, GeneralSecurityException {
        this(home, TestConfig.FREE_PORT);
    }

    TestGateway(Path home, TestConfig config) throws IOException, GeneralSecurityException {
        this.home = home;
        folders(home);
        authorize(line(key, "tester"));
        shell = new FakeShell(home);
        access = new SshAccess(home, config);
        client.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        client.setServerKeyVerifier((session, address, hostKey) -> true);
        client.setKeyIdentityProvider(null);
        client.start();
    }

    static void folders(Path home) throws IOException {
        Files.createDirectories(home.resolve("etc"));
        Files.createDirectories(home.resolve("data"));
    }

    static KeyPair ec() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static KeyPair rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static String line(KeyPair pair, String comment) {
        return PublicKeyEntry.toString(pair.getPublic()) + " " + comment;
    }

    Path keys() {
        return home.resolve("etc/authorized_keys");
    }

    void authorize(String... lines) throws IOException {
        Files.writeString(keys(), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** A connection that has not logged in. */
    ClientSession connect() throws IOException {
        return client.connect("tester", "127.0.0.1", access.port())
                .verify(LIMIT)
                .getSession();
    }

    ClientSession logIn() throws IOException {
        return logIn(key);
    }

    ClientSession logIn(KeyPair with) throws IOException {
        ClientSession session = connect();
        try {
            session.addPublicKeyIdentity(with);
            session.auth().verify(LIMIT);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        client.stop();
        access.stop();
        shell.close();
    }
}
