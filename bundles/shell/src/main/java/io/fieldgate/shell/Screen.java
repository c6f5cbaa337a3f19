package io.fieldgate.shell;

import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * Where a command prints: the client's terminal, or what its command line names instead, a pipe or a file.
 *
 * <p>Not Gogo's own stream if it is the terminal: that one is closed for good when the thread that writes to it is interrupted, and the
 * terminal could not be put in order any more.
 */
final class Screen {

    private final CommandSession session;
    private final PrintStream out;
    private final boolean direct;

    private Screen(CommandSession session) {
        Process process = Process.Utils.current();
        this.session = session;
        direct = process == null || process.isTty(1);
        out = direct ? session.getConsole() : process.out();
    }

    /**
     * What the command on this thread prints to.
     *
     * @throws IllegalArgumentException if there is no session: Gogo takes an argument without a value for it
     */
    static Screen of(CommandSession session) {
        if (session == null) {
            throw new IllegalArgumentException("an argument has no value, maybe a variable that is not set");
        }
        return new Screen(session);
    }

    PrintStream out() {
        return out;
    }

    /** The width of the terminal now; 0 if there is none. */
    int columns() {
        return size(Interpreter.COLUMNS);
    }

    /** The height of the terminal now; 0 if there is none, or if the client cannot redraw. */
    int rows() {
        return size(Interpreter.ROWS);
    }

    /** Tells whether a command can take over the terminal. */
    boolean terminal() {
        return columns() > 0 && rows() > 0;
    }

    /** A table, so that it fits. */
    String fit(Table table) {
        return table.fit(columns());
    }

    /** Says whether a command has the terminal to itself. */
    void live(boolean begins) {
        session.put(CommandSessions.LIVE, begins ? Boolean.TRUE : null);
    }

    private int size(String variable) {
        Object value = direct ? session.get(variable) : null;
        return value instanceof Number number ? Math.max(0, number.intValue()) : 0;
    }
}
