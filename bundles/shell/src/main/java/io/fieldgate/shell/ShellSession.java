package io.fieldgate.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its command, or its terminal.
 *
 * <p><b>Threading.</b> {@link #run} has a thread of its own; Gogo runs the command on others. {@link #cut} can be called by
 * any, also by the command itself.
 */
final class ShellSession implements Runnable {

    static final int BAD_REQUEST = 2;
    static final int CUT_SHORT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ShellSession.class);

    /** The longest time in which the client may take nothing of the answer. */
    private static final Duration STALL_LIMIT = Duration.ofMinutes(5);

    /** For a command that stops or updates this very bundle: interrupted before that, it might leave it half done. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long NEVER = Long.MIN_VALUE;

    private final ShellServer server;
    private final String name;
    private final ClientChannel client;
    private final Frames frames;
    private final ClientInput input;
    private volatile Runnable interrupt = () -> {};
    private volatile long cutAt = NEVER;

    /**
     * Serves a client.
     *
     * @param server what it shares with the others
     * @param name of its threads
     * @param client the client
     */
    ShellSession(ShellServer server, String name, ClientChannel client) {
        this.server = server;
        this.name = name;
        this.client = client;
        frames = new Frames(client, STALL_LIMIT);
        input = new ClientInput(client);
    }

    @Override
    public void run() {
        try (client) {
            frames.exit(answer());
        } catch (IOException e) {
            LOG.debug("a client of the shell has gone", e);
        }
    }

    /** Ends the session now, with a last line. Does not wait, neither for the client nor for the command. */
    void cut(String line) {
        cutAt = System.nanoTime();
        end(line, CUT_SHORT);
    }

    /** Tells the client without waiting that there is no room for it. */
    void refuse(String line) {
        end(line, Interpreter.FAILED);
    }

    private void end(String line, int status) {
        try {
            frames.cut(line, status);
        } catch (IOException e) {
            LOG.debug("a client of the shell has gone", e);
        }
    }

    private int answer() throws IOException {
        PrintStream err = stream(Frames.ERROR);
        Request request;
        try {
            request = Request.read(input, server.requestLimit());
        } catch (IllegalArgumentException | InterruptedIOException e) {
            err.println(e.getMessage());
            return BAD_REQUEST;
        }
        Seats seats = request instanceof Request.Run ? server.commands() : server.terminals();
        if (!seats.take()) {
            err.println(seats.refusal());
            return Interpreter.FAILED;
        }
        try {
            return request instanceof Request.Attach attach ? attach(attach, err) : command((Request.Run) request, err);
        } finally {
            seats.giveBack();
        }
    }

    private int command(Request.Run request, PrintStream err) {
        Thread runner = Thread.currentThread();
        interrupt = runner::interrupt;
        PrintStream out = stream(Frames.OUTPUT);
        ClientProbe probe = ClientProbe.start(name + "-probe", frames, this::broken);
        try {
            int status = server.interpreter().run(request, out, err);
            out.flush();
            err.flush();
            return status;
        } finally {
            probe.close();
        }
    }

    private int attach(Request.Attach request, PrintStream err) throws IOException {
        FrameStream screen = new FrameStream(frames, Frames.OUTPUT, this::broken);
        try (AttachedSession attached = AttachedSession.open(server, name, request, screen)) {
            interrupt = attached::interrupt;
            CleanThread.start(() -> attached.listen(input, this::broken), name + "-keys");
            return attached.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            err.println(e.getMessage());
            return e instanceof IllegalArgumentException ? BAD_REQUEST : Interpreter.FAILED;
        }
    }

    private PrintStream stream(char type) {
        return new PrintStream(new FrameStream(frames, type, this::broken), true, StandardCharsets.UTF_8);
    }

    /** A command whose client has gone is to end, or it would print, or wait, for ever. */
    private void broken() {
        boolean spared = cutAt != NEVER && System.nanoTime() - cutAt < GRACE.toNanos();
        if (!spared) {
            interrupt.run();
        }
    }
}
