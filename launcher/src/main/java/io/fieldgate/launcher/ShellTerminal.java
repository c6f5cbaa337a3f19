package io.fieldgate.launcher;

import io.fieldgate.launcher.ShellConnection.Frame;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * This terminal, attached to the gateway's shell: it passes on what is typed and what is to be seen; the line editor is in the
 * gateway. It sends the line {@code ATTACH <columns> <rows> <TERM>} and then frames: {@code i} for what was typed, {@code w} for a
 * new size. When the shell goes it waits for it to come back.
 */
final class ShellTerminal {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_ATTEMPTS_MS = 100;
    private static final int SHELL_STOPPED = 3;
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int CTRL_BACKSLASH = 28;
    private static final String BACK_TO_NORMAL = "\033[?2004l\033[?1l\033>\033[?25h\033[0m";

    private final Home home;
    private final OutputStream screen;
    private final TerminalScreen shown;
    private final String term;

    /** Held while a frame is sent. Guards {@link #connection}. */
    private final Object sending = new Object();

    private ShellConnection connection;
    private volatile boolean givenUp;

    /**
     * Makes a client.
     *
     * @param home of the gateway
     * @param screen where what is to be seen goes
     * @param term what kind of terminal it is
     */
    ShellTerminal(Home home, OutputStream screen, String term) {
        this.home = home;
        this.screen = screen;
        shown = new TerminalScreen(screen);
        this.term = term.matches("[A-Za-z0-9._+-]{1,64}") ? term : "dumb";
    }

    /**
     * Attaches the terminal until the person leaves, or the gateway does.
     *
     * @return 0 after {@code exit} or Ctrl-D
     * @throws CommandFailure with the reason if it ends otherwise
     */
    int run() throws CommandFailure, IOException, InterruptedException {
        Ending ending = attached(ShellConnection.to(home));
        if (ending.status() != ExitStatus.OK) {
            throw new CommandFailure(ending.status(), ending.reason());
        }
        return ExitStatus.OK;
    }

    private Ending attached(ShellConnection first) throws CommandFailure, IOException, InterruptedException {
        RawTerminal terminal = RawTerminal.open(this::killed);
        try {
            attach(first);
            if (!WindowSignal.handle(this::resized)) {
                say("this Java does not tell of a window that is resized; 'exit' and attach again to use its new size");
            }
            start(this::type, "fieldgate-keys");
            Ending ending = carry(first);
            while (ending.status() == SHELL_STOPPED) {
                backToNormal();
                say("the shell was stopped or is being updated; waiting up to " + PATIENCE.toSeconds() + " s for it");
                ShellConnection next = reconnect();
                attach(next);
                say("attached again; the variables of the session are gone");
                ending = carry(next);
            }
            if (ending.status() != ExitStatus.OK) {
                backToNormal();
            }
            return ending;
        } catch (CommandFailure | IOException | InterruptedException e) {
            backToNormal();
            throw e;
        } finally {
            terminal.close();
        }
    }

    /** How a connection came to its end. */
    private record Ending(int status, String reason) {}

    private void attach(ShellConnection next) throws IOException, InterruptedException {
        synchronized (sending) {
            next.send("ATTACH " + RawTerminal.size() + ' ' + term + '\n');
            connection = next;
        }
    }

    /** Shows what comes until the last frame. A gateway that breaks off has stopped its shell, as far as can be seen from here. */
    private Ending carry(ShellConnection current) throws IOException {
        StringBuilder reason = new StringBuilder();
        try (current) {
            Frame frame = current.receive();
            while (frame.type() != ShellConnection.EXIT) {
                if (frame.type() == ShellConnection.OUTPUT) {
                    shown.show(frame.payload());
                } else {
                    reason.append(StandardCharsets.UTF_8.decode(frame.payload()));
                }
                frame = current.receive();
            }
            return new Ending(
                    givenUp ? ExitStatus.FAILED : frame.status(),
                    reason.toString().strip());
        } catch (CommandFailure | IOException e) {
            return givenUp
                    ? new Ending(ExitStatus.FAILED, "left with Ctrl-\\")
                    : new Ending(SHELL_STOPPED, String.valueOf(e.getMessage()));
        } finally {
            synchronized (sending) {
                connection = null;
            }
        }
    }

    private ShellConnection reconnect() throws CommandFailure, IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (givenUp) {
                throw new CommandFailure(ExitStatus.FAILED, "left before the shell came back");
            }
            if (!HomeLock.isHeld(home)) {
                throw new CommandFailure(ExitStatus.NOT_RUNNING, "the gateway on " + home + " has stopped");
            }
            try {
                return ShellConnection.to(home);
            } catch (CommandFailure e) {
                if (System.nanoTime() - end >= 0) {
                    throw new CommandFailure(
                            ExitStatus.FAILED,
                            "the shell did not come back within " + PATIENCE.toSeconds() + " s: " + e.getMessage(),
                            e);
                }
            }
            Thread.sleep(BETWEEN_ATTEMPTS_MS);
        }
    }

    /** Passes on what is typed, on a thread of its own, until the terminal hangs up. */
    private void type() {
        byte[] typed = new byte[4096];
        try (InputStream keys = new FileInputStream(FileDescriptor.in)) {
            for (int length = keys.read(typed); length >= 0; length = keys.read(typed)) {
                pass(ByteBuffer.wrap(typed, 0, length));
            }
        } catch (IOException e) {
            givenUp = true;
        }
        hangUp();
    }

    private void pass(ByteBuffer keys) {
        synchronized (sending) {
            if (has(keys, CTRL_BACKSLASH) || (connection == null && (has(keys, CTRL_C) || has(keys, CTRL_D)))) {
                givenUp = true;
                hangUp();
            } else if (connection != null) {
                try {
                    connection.send('i', keys);
                } catch (IOException e) {
                    hangUp();
                }
            }
        }
    }

    private void resized() {
        synchronized (sending) {
            try {
                if (connection != null) {
                    connection.send('w', StandardCharsets.US_ASCII.encode(RawTerminal.size()));
                }
            } catch (IOException e) {
                hangUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The other side sees the end and answers with its last frame, if it is still there; if it is not, that is seen too. */
    private void hangUp() {
        synchronized (sending) {
            try {
                if (connection != null && givenUp) {
                    connection.close();
                } else if (connection != null) {
                    connection.end();
                }
            } catch (IOException e) {
                connection = null;
            }
        }
    }

    /** Undoes what the line editor or a command has done to the terminal and could not undo. */
    private void backToNormal() throws IOException {
        shown.leaveAlternate();
        String undone = term.equals("dumb") ? "" : BACK_TO_NORMAL;
        screen.write((undone + "\r\n").getBytes(StandardCharsets.US_ASCII));
        screen.flush();
    }

    private void killed() {
        try {
            backToNormal();
        } catch (IOException e) {
            return; // there is no terminal any more
        }
    }

    private void say(String line) throws IOException {
        screen.write(("fieldgate: " + line + "\r\n").getBytes(StandardCharsets.UTF_8));
        screen.flush();
    }

    private static boolean has(ByteBuffer keys, int key) {
        for (int i = keys.position(); i < keys.limit(); i++) {
            if (keys.get(i) == key) {
                return true;
            }
        }
        return false;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
