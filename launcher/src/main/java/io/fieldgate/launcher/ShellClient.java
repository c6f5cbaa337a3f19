package io.fieldgate.launcher;

import io.fieldgate.launcher.ShellConnection.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

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
     * Runs one command, and passes on what it prints while it does.
     *
     * @return its exit status
     * @throws CommandFailure if the gateway has no shell, or it breaks off
     */
    int run(String command) throws CommandFailure, IOException {
        try (ShellConnection connection = ShellConnection.to(home)) {
            connection.send("RUN " + columns + ' ' + rows + '\n' + command);
            connection.end();
            Frame frame = connection.receive();
            while (frame.type() != ShellConnection.EXIT) {
                print(frame.type() == ShellConnection.ERROR ? err : out, frame.payload());
                frame = connection.receive();
            }
            return frame.status();
        }
    }

    private static void print(OutputStream stream, ByteBuffer payload) throws IOException {
        stream.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        stream.flush();
    }
}
