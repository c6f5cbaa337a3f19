package io.fieldgate.handler.terminal;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.stream.ByteLine;
import io.fieldgate.api.stream.LineConnection;
import io.fieldgate.api.stream.LineObserver;
import java.util.Optional;

/**
 * One session at one line. Octets go as binary messages, what is to be said of the line as texts: {@code open}, or {@code away}
 * and why. The session outlives the line: whoever updates the driver finds the terminal still there.
 */
final class Terminal {

    private final SocketSession session;
    private final String line;
    private final Lines lines;
    // Guarded by this.
    private LineConnection connection;
    private Object holder = new Object();
    private boolean closed;

    Terminal(SocketSession session, String line, Lines lines) {
        this.session = session;
        this.line = line;
        this.lines = lines;
    }

    /** Opens the line if it is not open. */
    synchronized void connect() {
        if (closed || connection != null) {
            return;
        }
        Optional<ByteLine> there = lines.find(line);
        if (there.isEmpty()) {
            say("away: there is no line " + line + " now");
            return;
        }
        Object next = new Object();
        holder = next;
        try {
            connection = there.get().open(new Hearing(next));
            say("open");
        } catch (DriverException e) {
            say("away: " + e.getMessage());
        }
    }

    /** A line has come: the one that is waited for, maybe. */
    synchronized void reconnect() {
        if (lines.find(line).isPresent()) {
            connect();
        }
    }

    void send(byte[] octets) {
        LineConnection open;
        synchronized (this) {
            connect();
            open = connection;
        }
        if (open == null) {
            return;
        }
        try {
            open.send(octets);
        } catch (DriverException e) {
            say("failed: " + e.getMessage());
        }
    }

    /** Lets go of the line; what comes in is not sent any more. */
    synchronized void close() {
        closed = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private synchronized void ended(Object which) {
        if (holder == which) {
            connection = null;
            say("away: the driver of " + line + " goes");
        }
    }

    private void say(String text) {
        session.send(Message.text(text));
    }

    /** Hears one connection; one that has ended must not end its successor. */
    private final class Hearing implements LineObserver {

        private final Object which;

        Hearing(Object which) {
            this.which = which;
        }

        @Override
        public void received(byte[] octets) {
            session.send(Message.binary(octets));
        }

        @Override
        public void ended() {
            Terminal.this.ended(which);
        }
    }
}
