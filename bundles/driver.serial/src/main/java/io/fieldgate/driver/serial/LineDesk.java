package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.stream.LineConnection;
import io.fieldgate.api.stream.LineObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The raw line, for one other user at a time. */
final class LineDesk {

    private static final Logger LOG = LoggerFactory.getLogger(LineDesk.class);

    /** Where what the user sends goes. */
    @FunctionalInterface
    interface Sender {

        void send(byte[] octets) throws DriverException;
    }

    private final String id;
    // Guarded by this.
    private Sender sender;
    private Connection connection;
    private boolean ended;

    LineDesk(String id) {
        this.id = id;
    }

    synchronized void begin(Sender line) {
        sender = line;
        ended = false;
    }

    synchronized LineConnection open(LineObserver observer) throws DriverException {
        if (ended) {
            throw new DriverException(DriverException.Reason.CONNECTION, "driver " + id + " does not run");
        }
        if (connection != null) {
            throw new DriverException(
                    DriverException.Reason.DEVICE, "line " + id + " is open already: one at a time can have it");
        }
        connection = new Connection(observer);
        return connection;
    }

    /** Octets have come in. Called by the reader's thread. */
    void received(byte[] octets) {
        Connection now = current();
        if (now != null) {
            now.deliver(octets);
        }
    }

    /** Nothing is sent from now on, and who has it open is told. */
    void end() {
        Connection now;
        synchronized (this) {
            now = connection;
            connection = null;
            sender = null;
            ended = true;
        }
        if (now != null) {
            now.tellEnd();
        }
    }

    private synchronized Connection current() {
        return connection;
    }

    private synchronized void release(Connection closed) {
        if (connection == closed) {
            connection = null;
        }
    }

    private synchronized Sender senderOf(Connection asking) throws DriverException {
        if (connection != asking) {
            throw new DriverException(DriverException.Reason.CONNECTION, "line " + id + " is not open any more");
        }
        if (sender == null) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION, "driver " + id + " has not found its port yet");
        }
        return sender;
    }

    private final class Connection implements LineConnection {

        private final LineObserver observer;

        Connection(LineObserver observer) {
            this.observer = observer;
        }

        void deliver(byte[] octets) {
            try {
                observer.received(octets);
            } catch (RuntimeException e) {
                LOG.error("who has line {} open fails to hear, so it is closed", id, e);
                close();
            }
        }

        void tellEnd() {
            try {
                observer.ended();
            } catch (RuntimeException e) {
                LOG.error("who had line {} open fails to hear that it ends", id, e);
            }
        }

        @Override
        public void send(byte[] octets) throws DriverException {
            senderOf(this).send(octets);
        }

        @Override
        public void close() {
            release(this);
        }
    }
}
