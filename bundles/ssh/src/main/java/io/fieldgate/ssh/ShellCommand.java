package io.fieldgate.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in a channel: passes on what the gateway's shell says, and ends the channel with its status.
 *
 * <p><b>Threading.</b> Each has a thread of its own; the library calls the rest on its own threads, and none of that waits.
 */
abstract class ShellCommand implements Command, FrameReader.Sink {

    static final int FAILED = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** For a command that stops or updates this very bundle: when its connection breaks, the shell interrupts it. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path home;
    private final OpenCommands open;
    private final ShellChannel channel;
    private final AlternateScreen screen = new AlternateScreen();
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;

    /** Guarded by this. */
    private ShellLink link;

    private volatile boolean leaving;
    private volatile boolean gone;

    ShellCommand(Path home, OpenCommands open, ShellChannel channel) {
        this.home = home;
        this.open = open;
        this.channel = channel;
    }

    /**
     * Does what the client wants, on this command's own thread.
     *
     * @return the exit status
     * @throws ShellFailure with a line for the user
     */
    abstract int serve() throws IOException;

    final ShellChannel channel() {
        return channel;
    }

    @Override
    public final void setInputStream(InputStream in) {
        // What is typed goes another way, see ShellChannel.setDataReceiver.
    }

    @Override
    public final void setOutputStream(OutputStream stream) {
        out = channel.hasTerminal() && wantsReturns() ? new ReturningStream(stream) : stream;
    }

    /** A terminal has one stream, and a line that ends with a line feed alone would begin where the one before has ended. */
    @Override
    public final void setErrorStream(OutputStream stream) {
        err = stream;
    }

    /** Whether the output has line feeds alone, and a terminal needs returns before them. */
    boolean wantsReturns() {
        return true;
    }

    @Override
    public final void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public final void start(ChannelSession session, Environment environment) throws IOException {
        if (!open.add(this)) {
            line(open.max() + " shells and commands are open already (sessions.max)");
            hangUp();
            exit.onExit(FAILED);
            return;
        }
        Thread thread = new Thread(null, this::run, "fieldgate-ssh-" + COUNT.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void run() {
        int status = FAILED;
        try {
            status = serve();
        } catch (ShellFailure e) {
            status = lastLine(e.getMessage());
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        } finally {
            leaveScreen();
            open.remove(this);
            hangUp();
            exit.onExit(status);
        }
    }

    private void leaveScreen() {
        try {
            print(out, ByteBuffer.wrap(screen.leave()));
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        }
    }

    private int lastLine(String text) {
        try {
            line(text);
        } catch (IOException e) {
            LOG.debug("the client has gone", e);
        }
        return FAILED;
    }

    /**
     * Makes a connection to the shell, which goes when the client goes.
     *
     * @param request what is sent first, after for whom
     * @throws IOException if the client has gone already
     */
    final synchronized ShellLink link(String request) throws IOException {
        if (gone || leaving) {
            throw new IOException("the client has gone");
        }
        link = new ShellLink(home, Doorkeeper.speaksFor(channel.getSession()) + request);
        return link;
    }

    /** Runs one command of the shell's to its end. */
    final int runOne(String command) throws IOException {
        try (ShellLink one = link("RUN " + channel.size() + "\n" + command)) {
            one.end();
            return one.exchange(this, ignored -> {});
        }
    }

    @Override
    public final void output(ByteBuffer bytes) throws IOException {
        screen.see(bytes);
        print(out, bytes);
    }

    @Override
    public final void error(ByteBuffer bytes) throws IOException {
        if (channel.hasTerminal()) {
            leaveScreen();
            print(wantsReturns() ? out : new ReturningStream(out), bytes);
        } else {
            print(err, bytes);
        }
    }

    /** Tells the user something, beside what the shell says. */
    final void line(String text) throws IOException {
        error(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private void print(OutputStream stream, ByteBuffer bytes) throws IOException {
        try {
            stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            stream.flush();
        } catch (IOException e) {
            if (!leaving) {
                throw e;
            }
        }
    }

    /** The client has gone. */
    @Override
    public final void destroy(ChannelSession session) {
        gone = true;
        if (!leaving) {
            hangUp();
        }
    }

    /** Whether it was cut off from its client because this bundle stops. */
    final boolean isLeaving() {
        return leaving;
    }

    /** Breaks off what runs. */
    final synchronized void hangUp() {
        if (link != null) {
            link.close();
        }
    }

    /** Cuts it off from its client, and leaves what runs a while to end by itself. */
    final synchronized void leave() {
        leaving = true;
        if (link != null) {
            link.expire(GRACE);
        }
    }
}
