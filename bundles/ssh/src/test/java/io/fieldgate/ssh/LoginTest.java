package io.fieldgate.ssh;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, and who does not. */
class LoginTest {

    @TempDir
    private Path home;

    @Test
    void letsAKeyInThatTheFileNamesAndSaysWhose() throws Exception {
        try (LogLines log = new LogLines();
                TestGateway gateway = new TestGateway(home);
                ClientSession session = gateway.logIn()) {
            assertTrue(session.isAuthenticated());
            log.await("tester has logged in from 127.0.0.1 with the key " + WireKey.fingerprint(gateway.key.getPublic())
                    + " (tester)");
        }
    }

    @Test
    void letsAnRsaKeyInWithSha2() throws Exception {
        try (TestGateway gateway = new TestGateway(home)) {
            KeyPair rsa = TestGateway.rsa(2048);
            gateway.authorize(TestGateway.line(rsa, "rsa"));
            try (ClientSession session = gateway.logIn(rsa)) {
                assertTrue(session.isAuthenticated());
            }
        }
    }

    @Test
    void refusesAnotherKeyAndSaysWhich() throws Exception {
        try (LogLines log = new LogLines();
                TestGateway gateway = new TestGateway(home)) {
            KeyPair other = TestGateway.ec();
            assertThrows(SshException.class, () -> gateway.logIn(other));
            log.await("SSH refuses tester from 127.0.0.1: the key " + WireKey.fingerprint(other.getPublic())
                    + " is not in " + gateway.keys());
        }
    }

    @Test
    void refusesAPassword() throws Exception {
        try (TestGateway gateway = new TestGateway(home);
                ClientSession session = gateway.connect()) {
            session.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
            session.addPasswordIdentity("secret");
            assertThrows(SshException.class, () -> session.auth().verify(TestGateway.LIMIT));
        }
    }

    @Test
    void readsTheKeysAgainAtEachLogin() throws Exception {
        try (TestGateway gateway = new TestGateway(home)) {
            KeyPair second = TestGateway.ec();
            assertThrows(SshException.class, () -> gateway.logIn(second));
            gateway.authorize(TestGateway.line(second, "second"));
            gateway.logIn(second).close();
            assertThrows(SshException.class, gateway::logIn);
        }
    }

    @Test
    void refusesEveryoneWhileOthersCanWriteTheKeys() throws Exception {
        try (LogLines log = new LogLines();
                TestGateway gateway = new TestGateway(home)) {
            Files.setPosixFilePermissions(gateway.keys(), PosixFilePermissions.fromString("rw-rw-r--"));
            assertThrows(SshException.class, gateway::logIn);
            log.await("WARNING nobody can log in: others can write to " + gateway.keys() + "; mend it with: chmod go-w "
                    + gateway.keys());
            Files.setPosixFilePermissions(gateway.keys(), PosixFilePermissions.fromString("rw-r--r--"));
            gateway.logIn().close();
        }
    }

    @Test
    void refusesForwardingAndOtherSubsystems() throws Exception {
        try (TestGateway gateway = new TestGateway(home);
                ClientSession session = gateway.logIn()) {
            ClientChannel sftp = session.createSubsystemChannel("sftp");
            sftp.open().await(TestGateway.LIMIT);
            assertTrue(sftp.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), TestGateway.LIMIT)
                    .contains(ClientChannelEvent.CLOSED));
            assertThrows(
                    IOException.class,
                    () -> session.createDirectTcpipChannel(
                                    new SshdSocketAddress("127.0.0.1", 1),
                                    new SshdSocketAddress("127.0.0.1", gateway.access.port()))
                            .open()
                            .verify(TestGateway.LIMIT));
            assertThrows(
                    IOException.class,
                    () -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 1)));
        }
    }

    @Test
    void refusesWeakAlgorithms() throws Exception {
        try (TestGateway gateway = new TestGateway(home)) {
            gateway.client.setCipherFactories(List.of(BuiltinCiphers.aes256cbc));
            assertThrows(IOException.class, gateway::logIn);
            gateway.client.setCipherFactories(List.of(BuiltinCiphers.aes256ctr));
            gateway.client.setMacFactories(List.of(BuiltinMacs.hmacsha1));
            assertThrows(IOException.class, gateway::logIn);
            gateway.client.setMacFactories(List.of(BuiltinMacs.hmacsha256));
            gateway.logIn().close();
        }
    }

    @Test
    void takesNoMoreThanEightStrangersAndServesAgainWhenTheyHaveGone() throws Exception {
        try (LogLines log = new LogLines();
                TestGateway gateway = new TestGateway(home)) {
            List<SocketChannel> strangers = new ArrayList<>();
            for (int i = 0; i < Doorkeeper.STRANGERS_MAX; i++) {
                strangers.add(SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.access.port())));
            }
            await("the ninth is refused").atMost(TestGateway.LIMIT).until(() -> {
                try {
                    gateway.logIn().close();
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
            log.await("8 others have not logged in yet");
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
            await("they have gone").atMost(TestGateway.LIMIT).ignoreExceptions().until(() -> {
                gateway.logIn().close();
                return true;
            });
        }
    }

    @Test
    void takesNoMoreThanSessionsMaxWhoHaveLoggedIn() throws Exception {
        try (LogLines log = new LogLines();
                TestGateway gateway = new TestGateway(home, TestConfig.FREE_PORT.withSessionsMax(1));
                ClientSession first = gateway.logIn()) {
            try (ClientSession second = gateway.connect()) {
                second.addPublicKeyIdentity(gateway.key);
                second.auth().await(TestGateway.LIMIT);
                second.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), TestGateway.LIMIT);
                assertFalse(second.isOpen());
            }
            log.await("SSH refuses tester from 127.0.0.1: 1 are logged in already");
            assertTrue(first.isOpen());
        }
    }

    @Test
    void leavesNoThreadBehindAndTellsWhoIsThere() throws Exception {
        long before = threads();
        try (TestGateway gateway = new TestGateway(home)) {
            ClientSession session = gateway.logIn();
            List<String> said = new ArrayList<>();
            session.addSessionListener(new SessionListener() {
                @Override
                public void sessionDisconnect(
                        Session one, int reason, String message, String language, boolean initiator) {
                    said.add(message);
                }
            });
            gateway.access.stop();
            session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), TestGateway.LIMIT);
            assertTrue(said.contains("the gateway stops SSH, or updates it"), said::toString);
        }
        await("the threads have ended").atMost(TestGateway.LIMIT).until(() -> threads() <= before);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sshd-") || name.startsWith("fieldgate-ssh"))
                .collect(Collectors.counting());
    }
}
