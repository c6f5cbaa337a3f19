package io.fieldgate.shell;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local socket that {@code fieldgate shell} attaches to: one connection for a command and its answer, or for a terminal.
 *
 * <p>Who can reach the socket is who can enter its folder: the user that runs the gateway. At most ten commands run at once and
 * at most sixteen terminals are attached, each on threads of its own, so that nothing of the bundles that it calls is left
 * behind.
 *
 * <p>When it stops, each client gets a last line, and nobody waits for the commands: one of them may be what stops it.
 */
@Component(
        service = {},
        immediate = true)
public final class ShellServer {

    private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);
    private static final int COMMANDS_MAX = 10;
    private static final int TERMINALS_MAX = 16;

    /** Those that are served, and as many that have not yet said what they want or are told that there is no room. */
    private static final int CLIENTS_MAX = 2 * (COMMANDS_MAX + TERMINALS_MAX);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Slot<CommandProcessor> processor = new Slot<>("org.apache.felix.gogo.runtime");
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");
    private final Interpreter interpreter = new Interpreter(processor, audit);
    private final Set<ShellSession> sessions = ConcurrentHashMap.newKeySet();
    private final Seats commands = new Seats(COMMANDS_MAX, " commands run already; try again when one has ended");
    private final Seats terminals =
            new Seats(TERMINALS_MAX, " terminals are attached already; try again when one has gone");
    private final SocketFile file;
    private final HistoryFile history;
    private final Completions completions;
    private final ServerSocketChannel server;
    private final Duration requestLimit;
    private int served;

    /**
     * Opens the socket.
     *
     * @param context this bundle's context
     * @param completions what can be typed where
     * @throws IOException if the socket cannot be made
     */
    @Activate
    public ShellServer(BundleContext context, @Reference Completions completions) throws IOException {
        this(Path.of(home(context)), completions, REQUEST_LIMIT);
    }

    ShellServer(Path home, Completions completions, Duration requestLimit) throws IOException {
        this.completions = completions;
        this.requestLimit = requestLimit;
        file = SocketFile.in(home);
        history = new HistoryFile(home);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(file.address());
            file.publish();
        } catch (IOException e) {
            server.close();
            file.remove();
            throw e;
        }
        CleanThread.start(this::accept, "fieldgate-shell-accept");
        LOG.info("the shell listens on {}", file);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindProcessor(CommandProcessor service) {
        processor.set(service);
    }

    void unbindProcessor(CommandProcessor service) {
        processor.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    Interpreter interpreter() {
        return interpreter;
    }

    Completions completions() {
        return completions;
    }

    HistoryFile history() {
        return history;
    }

    Seats commands() {
        return commands;
    }

    Seats terminals() {
        return terminals;
    }

    Duration requestLimit() {
        return requestLimit;
    }

    @Deactivate
    void deactivate() throws IOException {
        server.close();
        file.remove();
        for (ShellSession session : sessions) {
            session.cut("the shell stops; what the command does from here on is in the log");
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("the shell cannot take a client, next try in a second: {}", e.toString());
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        served++;
        String name = "fieldgate-shell-" + served;
        ShellSession session = new ShellSession(this, name, new ClientChannel(channel));
        if (sessions.size() >= CLIENTS_MAX) {
            session.refuse(CLIENTS_MAX + " clients are there already; try again later");
            return;
        }
        sessions.add(session);
        CleanThread.start(() -> run(session), name);
        if (!server.isOpen()) {
            session.cut("the shell stops");
        }
    }

    private void run(ShellSession session) {
        try {
            session.run();
        } finally {
            sessions.remove(session);
        }
    }

    private static String home(BundleContext context) {
        String home = context.getProperty(Gateway.HOME);
        if (home == null) {
            throw new IllegalStateException("framework property " + Gateway.HOME + " is not set");
        }
        return home;
    }
}
