package io.fieldgate.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client and its command.
 *
 * <p><b>Threading.</b> {@link #run} has a thread of its own; Gogo runs the command on others. {@link #cut} can be called by
 * any, also by the command itself.
 */
final class ShellSession implements Runnable {

    static final int BAD_REQUEST = 2;
    static final int CUT_SHORT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ShellSession.class);

    /** For a command that stops or updates this very bundle: interrupted before that, it might leave it half done. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long NEVER = Long.MIN_VALUE;

    private final ClientChannel client;
    private final Frames frames;
    private final Interpreter interpreter;
    private final Duration requestLimit;
    private volatile Thread runner;
    private volatile long cutAt = NEVER;

    /**
     * Serves a client.
     *
     * @param client the client
     * @param interpreter runs its command
     * @param requestLimit the time within which the request must have come
     * @param stall the longest time in which the client may take nothing of the answer
     */
    ShellSession(ClientChannel client, Interpreter interpreter, Duration requestLimit, Duration stall) {
        this.client = client;
        this.interpreter = interpreter;
        this.requestLimit = requestLimit;
        frames = new Frames(client, stall);
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        try (client) {
            frames.exit(answer());
        } catch (IOException e) {
            LOG.debug("a client of the shell has gone", e);
        }
    }

    /** Ends the session now, with a last line. Does not wait, neither for the client nor for the command. */
    void cut(String line) {
        cutAt = System.nanoTime();
        try {
            frames.cut(line, CUT_SHORT);
        } catch (IOException e) {
            LOG.debug("a client of the shell has gone", e);
        }
    }

    private int answer() throws IOException {
        PrintStream out = stream(Frames.OUTPUT);
        PrintStream err = stream(Frames.ERROR);
        Request request;
        try {
            request = Request.read(client, requestLimit);
        } catch (IllegalArgumentException | InterruptedIOException e) {
            err.println(e.getMessage());
            return BAD_REQUEST;
        }
        int status = interpreter.run(request, out, err);
        out.flush();
        err.flush();
        return status;
    }

    private PrintStream stream(char type) {
        return new PrintStream(new FrameStream(frames, type, this::broken), true, StandardCharsets.UTF_8);
    }

    /** A command whose output nobody takes is to end, or it would print for ever. */
    private void broken() {
        Thread thread = runner;
        boolean spared = cutAt != NEVER && System.nanoTime() - cutAt < GRACE.toNanos();
        if (thread != null && !spared) {
            thread.interrupt();
        }
    }
}
