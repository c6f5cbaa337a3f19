package io.fieldgate.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Job;

/**
 * The Gogo session of one terminal. When a command that was interrupted goes on to print, Gogo's channels close the streams
 * of its session for good; the next line then gets a new session with the variables of the old one.
 *
 * <p><b>Threading.</b> One thread calls {@link #run}; any calls the rest.
 */
final class CommandSessions implements AutoCloseable {

    /** The command that ends the terminal's session. */
    static final String EXIT = "exit";

    /** Session variable: true while a command takes the whole screen. */
    static final String LIVE = ".live";

    /** The longest time in which a command may give the screen back; one in the background keeps it as long. */
    private static final long SCREEN_LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Interpreter interpreter;
    private final CommandProcessor processor;
    private final Client client;
    private final InputStream keys;
    private final OutputStream screen;
    private volatile WindowSize size;
    private volatile CommandSession session;
    private volatile Job interrupted;
    private volatile boolean broken;
    private volatile boolean exited;

    /**
     * Opens a session.
     *
     * @param interpreter what reads lines
     * @param processor what runs commands
     * @param client who types them
     * @param keys what commands can read
     * @param screen where they print
     * @param size of the terminal
     */
    CommandSessions(
            Interpreter interpreter,
            CommandProcessor processor,
            Client client,
            InputStream keys,
            OutputStream screen,
            WindowSize size) {
        this.interpreter = interpreter;
        this.processor = processor;
        this.client = client;
        this.keys = keys;
        this.screen = screen;
        this.size = size;
        session = open(Map.of());
    }

    /**
     * Runs a line.
     *
     * @param err where a line goes that says why it failed
     * @param wanted whether the next statement of it is to run
     * @return the exit status
     */
    int run(String line, PrintStream err, BooleanSupplier wanted) {
        if (broken) {
            broken = false;
            CommandSession old = session;
            session = open(variables());
            old.close();
        }
        session.put(LIVE, null);
        int status = interpreter.run(
                session, client.caller(), line, session.getConsole(), err, () -> wanted.getAsBoolean() && !exited);
        awaitScreen();
        return status;
    }

    /** Gogo does not wait for a command that was interrupted; but what has the whole screen must give it back before the prompt. */
    private void awaitScreen() {
        long end = System.nanoTime() + SCREEN_LIMIT_NS;
        while (isLive() && System.nanoTime() - end < 0) {
            // A second Ctrl-C would make an end of the pauses.
            Thread.interrupted();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Ends the command that runs: asks it at first, and goes on without it when asked again. */
    void interrupt() {
        Job job = session.foregroundJob();
        if (job == null) {
            return;
        }
        if (job == interrupted) {
            job.background();
        } else {
            interrupted = job;
            job.interrupt();
        }
    }

    /** Tells commands the new size of the terminal. */
    void resize(WindowSize next) {
        size = next;
        put(session);
    }

    /** Whether {@code exit} was called. */
    boolean hasExited() {
        return exited;
    }

    /** Whether a command takes the whole screen now. */
    boolean isLive() {
        return Boolean.parseBoolean(String.valueOf(session.get(LIVE)));
    }

    /** The commands that can be run now, each with its scope if it has one. */
    @SuppressWarnings("unchecked") // Gogo has no typed way to ask for them
    Set<String> commands() {
        Set<String> all = (Set<String>) session.get(".commands");
        if (!client.caller().restricted()) {
            return all;
        }
        Set<String> allowed = new TreeSet<>(CommandRoles.of(client.caller().role()));
        allowed.retainAll(all);
        allowed.add(RestrictedLine.HELP);
        return allowed;
    }

    @Override
    public void close() {
        session.close();
    }

    private CommandSession open(Map<String, Object> variables) {
        CommandSession opened = processor.createSession(guardedKeys(), guarded(), guarded());
        variables.forEach(opened::put);
        Interpreter.prepare(opened, client, size);
        opened.put(EXIT, (Function) (caller, arguments) -> {
            exited = true;
            return null;
        });
        put(opened);
        return opened;
    }

    private void put(CommandSession target) {
        target.put(Interpreter.COLUMNS, size.columns());
        target.put(Interpreter.ROWS, size.rows());
    }

    private Map<String, Object> variables() {
        Map<String, Object> variables = new HashMap<>();
        for (Object name : (Set<?>) session.get(".variables")) {
            Object value = session.get(name.toString());
            if (value != null) {
                variables.put(name.toString(), value);
            }
        }
        return variables;
    }

    private PrintStream guarded() {
        OutputStream guard = new FilterOutputStream(screen) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() {
                broken = true;
            }
        };
        return new PrintStream(guard, true, StandardCharsets.UTF_8);
    }

    private InputStream guardedKeys() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return keys.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                // One at a time: to wait until the whole buffer is full would be to wait for ever.
                int octet = length == 0 ? 0 : keys.read();
                if (octet < 0 || length == 0) {
                    return octet;
                }
                bytes[offset] = (byte) octet;
                return 1;
            }

            @Override
            public void close() {
                broken = true;
            }
        };
    }
}
