package io.fieldgate.launcher;

import io.fieldgate.launcher.ShellConnection.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Runs commands in the gateway's shell, one connection for each: it sends the line {@code RUN <columns> <rows>}, the command in
 * UTF-8, and closes its side.
 */
final class ShellClient {

    /** System properties: the size of the terminal. */
    private static final String COLUMNS = "fieldgate.columns";

    private static final String ROWS = "fieldgate.rows";

    private final Home home;
    private final OutputStream out;
    private final OutputStream err;
    private final int columns;
    private final int rows;

    ShellClient(Home home, OutputStream out, OutputStream err) {
        this(home, out, err, Integer.getInteger(COLUMNS, 0), Integer.getInteger(ROWS, 0));
    }

    ShellClient(Home home, OutputStream out, OutputStream err, int columns, int rows) {
        this.home = home;
        this.out = out;
        this.err = err;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Runs one command, and passes on what it prints while it does. However it ends, also by Ctrl-C, a terminal is as it was before.
     *
     * @return its exit status
     * @throws CommandFailure if the gateway has no shell, or it breaks off
     */
    int run(String command) throws CommandFailure, IOException {
        return send("RUN " + columns + ' ' + rows + '\n' + command);
    }

    /**
     * Runs one command that needs a secret, which is no part of it.
     *
     * @return its exit status
     * @throws CommandFailure if the gateway has no shell, or it breaks off
     */
    int run(String command, String secret) throws CommandFailure, IOException {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        return send("SECRET " + length + '\n' + secret + "RUN " + columns + ' ' + rows + '\n' + command);
    }

    private int send(String request) throws CommandFailure, IOException {
        TerminalScreen screen = new TerminalScreen(out);
        Thread hook = new Thread(screen::close, "fieldgate-screen");
        Runtime.getRuntime().addShutdownHook(hook);
        try (ShellConnection connection = ShellConnection.to(home)) {
            connection.send(request);
            connection.end();
            return show(connection, screen);
        } finally {
            screen.close();
            remove(hook);
        }
    }

    private int show(ShellConnection connection, TerminalScreen screen) throws CommandFailure, IOException {
        Frame frame = connection.receive();
        while (frame.type() != ShellConnection.EXIT) {
            if (frame.type() == ShellConnection.OUTPUT) {
                screen.show(frame.payload());
            } else {
                ByteBuffer text = frame.payload();
                err.write(text.array(), text.arrayOffset() + text.position(), text.remaining());
                err.flush();
            }
            frame = connection.receive();
        }
        return frame.status();
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process ends already, and the hook runs
        }
    }
}
