package io.fieldgate.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the units: one connection, made anew when it is lost, at first at once and then after ever longer pauses.
 *
 * <p><b>Threading.</b> One exchange at a time; {@link #close} may come from another thread.
 */
final class Bus implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
    private static final int BUSY = 6;

    private final String name;
    private final ModbusLink.Opener opener;
    private final long gapNanos;
    private final LongSupplier nanos;

    private volatile ModbusLink link;
    private volatile boolean closed;
    private boolean answered;
    private boolean told;
    private long pause = FIRST_PAUSE;
    private long nextTry;
    private boolean waiting;
    private long lastEnd;
    private boolean used;

    Bus(String name, ModbusLink.Opener opener, int gapMillis, LongSupplier nanos) {
        this.name = name;
        this.opener = opener;
        this.gapNanos = TimeUnit.MILLISECONDS.toNanos(gapMillis);
        this.nanos = nanos;
    }

    /** Connects, or says why not. */
    void connect() throws Fault {
        if (link != null) {
            return;
        }
        long now = nanos.getAsLong();
        if (waiting && now - nextTry < 0) {
            throw Fault.link(
                    "not connected; the next attempt is in " + TimeUnit.NANOSECONDS.toMillis(nextTry - now) + " ms");
        }
        try {
            ModbusLink opened = opener.open();
            link = opened;
            answered = false;
            if (closed) {
                close();
                throw Fault.link("the driver has been stopped");
            }
        } catch (Fault e) {
            later();
            throw e;
        }
    }

    private void later() {
        waiting = true;
        nextTry = nanos.getAsLong() + pause;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
    }

    /**
     * Asks a unit, again if it is silent or busy and has retries left.
     *
     * @param deadline when no further attempt may last
     * @return the answer, function code first; no exception
     */
    byte[] ask(Unit unit, ModbusRequest request, long deadline) throws Fault {
        byte[] data = request.getMessage();
        byte[] pdu = new byte[data.length + 1];
        pdu[0] = (byte) request.getFunctionCode();
        System.arraycopy(data, 0, pdu, 1, data.length);
        boolean renewed = false;
        for (int attempt = 0; ; attempt++) {
            try {
                return checked(once(unit, pdu, deadline));
            } catch (Fault e) {
                boolean linkLost = e.kind() == Fault.Kind.LINK;
                if (linkLost && link == null && answered && !renewed && !closed) {
                    renewed = true; // Devices close what was idle: that is no trouble.
                    attempt--;
                } else if (linkLost
                        || attempt >= unit.retries()
                        || nanos.getAsLong() - deadline >= 0
                        || !(e.kind() == Fault.Kind.TIMEOUT || e.is(BUSY))) {
                    throw e;
                }
            }
        }
    }

    private byte[] once(Unit unit, byte[] pdu, long deadline) throws Fault {
        connect();
        ModbusLink current = link;
        if (current == null) {
            throw Fault.link("the driver has been stopped");
        }
        pauseBetween();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
        if (left <= 0) {
            throw Fault.timeout("no time is left for it");
        }
        try {
            byte[] answer = current.exchange(unit.id(), pdu, (int) Math.min(unit.timeoutMillis(), left));
            if (!answered && told) {
                LOG.info("{}: connected again", name);
            }
            answered = true;
            told = false;
            waiting = false;
            pause = FIRST_PAUSE;
            return answer;
        } catch (Fault e) {
            if (e.kind() == Fault.Kind.LINK) {
                lost(current, e);
            }
            throw e;
        } finally {
            used = true;
            lastEnd = nanos.getAsLong();
        }
    }

    private void lost(ModbusLink current, Fault why) {
        current.close();
        link = null;
        if (!answered) {
            later();
        }
        if (!told && !closed) {
            told = true;
            LOG.warn("{}: {}", name, why.getMessage());
        }
    }

    private void pauseBetween() {
        long left = used ? gapNanos - (nanos.getAsLong() - lastEnd) : 0;
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private static byte[] checked(byte[] answer) throws Fault {
        if (answer.length == 2 && answer[0] < 0) {
            throw Fault.exception(answer[1] & 0xFF);
        }
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        ModbusLink current = link;
        if (current != null) {
            current.close();
            link = null;
        }
    }
}
