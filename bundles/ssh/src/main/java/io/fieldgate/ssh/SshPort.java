package io.fieldgate.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library's server, with everything switched off that is not a shell or a command. */
final class SshPort implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SshPort.class);

    /**
     * The library warns of whatever a stranger sends, and of each connection that breaks. What matters of that is logged here. Held,
     * for a logger that nobody holds forgets its level.
     */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("org.apache.sshd");

    private static final int WORKERS = 2;
    private static final int CHANNELS_MAX = 4;
    private static final int LOGIN_TRIES = 6;
    private static final long WINDOW_BYTES = 64 * 1024;
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(30);
    private static final Duration STALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final SshServer server;
    private final Doorkeeper doorkeeper;
    private final OpenCommands commands;

    private SshPort(SshServer server, Doorkeeper doorkeeper, OpenCommands commands) {
        this.server = server;
        this.doorkeeper = doorkeeper;
        this.commands = commands;
    }

    /**
     * Listens.
     *
     * @throws IOException if the host key cannot be made or read
     * @throws IllegalStateException if the address cannot be listened on, or the host key is not to be used
     */
    static SshPort open(Settings settings, Path home) throws IOException {
        LIBRARY.setLevel(Level.SEVERE);
        KeyPair hostKey = HostKey.in(home.resolve("data"));
        AuthorizedKeys keys = new AuthorizedKeys(settings.keys());
        Doorkeeper doorkeeper = new Doorkeeper(keys, settings.sessionsMax());
        OpenCommands commands = new OpenCommands(settings.sessionsMax());
        SshServer server = SshServer.setUpDefaultServer();
        restrict(server);
        limit(server, settings);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(doorkeeper);
        server.addSessionListener(doorkeeper);
        server.setShellFactory(channel -> ((ShellChannel) channel).hasTerminal()
                ? new AttachedShell(home, commands, (ShellChannel) channel)
                : new PipedShell(home, commands, (ShellChannel) channel));
        server.setCommandFactory(
                (channel, command) -> new SingleCommand(home, commands, (ShellChannel) channel, command));
        listen(server, settings);
        LOG.info(
                "SSH listens on {}:{}, host key {} {}, {} keys may log in",
                settings.address().getHostAddress(),
                server.getPort(),
                KeyUtils.getKeyType(hostKey),
                WireKey.fingerprint(hostKey.getPublic()),
                keys.read().size());
        return new SshPort(server, doorkeeper, commands);
    }

    /** What a client may ask for, and with which algorithms: nothing with SHA-1, no CBC, no certificates. */
    private static void restrict(SshServer server) {
        server.setCipherFactories(without("cbc", BaseBuilder.setUpDefaultCiphers(false)));
        server.setMacFactories(without("sha1", BaseBuilder.setUpDefaultMacs(false)));
        // The library offers these though they need another one that is not shipped: with them no OpenSSH client could
        // connect.
        server.setKeyExchangeFactories(
                without("sha1", without("mlkem", without("sntrup", ServerBuilder.setUpDefaultKeyExchanges(false)))));
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
        server.setSignatureFactories(List.of(
                Ed25519.FACTORY,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256));
        server.setUserAuthFactories(List.of(new KeyLogin.Factory()));
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setChannelFactories(List.of(new ShellChannel.Factory()));
        server.setSubsystemFactories(List.of());
        server.setGlobalRequestHandlers(List.of(new KeepAliveHandler(), new NoMoreSessionsHandler()));
    }

    private static void limit(SshServer server, Settings settings) {
        // Named, for the library would look for it with a ServiceLoader, which finds nothing between bundles.
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        CoreModuleProperties.NIO_WORKERS.set(server, WORKERS);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Fieldgate");
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_LIMIT);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, LOGIN_TRIES);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, settings.idle());
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS_MAX);
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW_BYTES);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, STALL_LIMIT);
        CoreModuleProperties.STOP_WAIT_TIME.set(server, STOP_LIMIT);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        server.setHost(settings.address().getHostAddress());
        server.setPort(settings.port());
    }

    private static <T extends NamedResource> List<T> without(String weak, List<T> all) {
        return all.stream().filter(one -> !one.getName().contains(weak)).toList();
    }

    private static void listen(SshServer server, Settings settings) throws IOException {
        try {
            server.start();
        } catch (BindException e) {
            server.close(true);
            throw new IllegalStateException(
                    "SSH cannot listen on " + settings.address().getHostAddress() + ":" + settings.port() + ": "
                            + e.getMessage(),
                    e);
        } catch (IOException | RuntimeException e) {
            server.close(true);
            throw e;
        }
    }

    /** The port that it listens on. */
    int number() {
        return server.getPort();
    }

    /** Shows everybody out, and returns when that is done, within three seconds. */
    @Override
    public void close() {
        commands.leave();
        try {
            doorkeeper.close("the gateway stops SSH, or updates it", FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop(true);
            LOG.info("SSH has stopped");
        } catch (IOException e) {
            LOG.warn("SSH has not stopped in order: {}", e.toString());
        }
    }
}
