package io.fieldgate.transport.websocket;

/**
 * Knows when a connection is due: for a ping, or for its end. Time is in the seconds of the {@link Heartbeat}.
 *
 * <p>Time-outs run only while there is a demand for what the client sends. Without one it is still pinged, for a write is
 * all that finds out that a client has gone whose bytes nobody reads, but no answer is expected.
 *
 * <p><b>Threading.</b> {@link #check} is for the heartbeat's thread, the rest for any.
 */
final class Vitals {

    /** What is to be done. */
    enum Due {
        NOTHING,
        PING,
        CLOSE_WITHOUT_PONG,
        CLOSE_IDLE,
        CLOSE_UNFINISHED,
        CUT
    }

    /** Time for the client to take the close frame and to close the connection from its side. */
    static final int FAREWELL_SECONDS = 5;

    /** The same for a client that still sends what was refused, and on a slow line comes to the close frame only after it. */
    static final int LONGEST_FAREWELL_SECONDS = 60;

    private static final int NEVER = -1;

    private final int pingSeconds;
    private final int pongSeconds;
    private final int idleSeconds;
    private final int messageSeconds;

    private volatile int heard;
    private volatile int wrote;
    private volatile int ending = NEVER;
    /** Since when a message is known to be unfinished. */
    private volatile int unfinished = NEVER;

    private volatile boolean patient;
    /** When the last ping went out; of use to the heartbeat's thread only. */
    private int pinged;

    private boolean pongAwaited;

    Vitals(Settings settings, int now) {
        pingSeconds = settings.pingSeconds();
        pongSeconds = settings.pongSeconds();
        idleSeconds = settings.idleSeconds();
        messageSeconds = settings.messageSeconds();
        heard = now;
        wrote = now;
        pinged = now;
    }

    /** Something has come from the client, or is waited for from now on. */
    void heard(int now) {
        if (heard != now) { // most of the time it is the same second, and a volatile write costs more than a read
            heard = now;
        }
    }

    /** The client has taken something. */
    void wrote(int now) {
        if (wrote != now) {
            wrote = now;
        }
    }

    /** All that there was to read has been read; tells whether there is a message that has not come whole. */
    void read(int now, boolean unfinishedMessage) {
        if (unfinishedMessage != (unfinished != NEVER)) {
            unfinished = unfinishedMessage ? now : NEVER;
        }
    }

    /** A message has come whole. */
    void whole() {
        if (unfinished != NEVER) {
            unfinished = NEVER;
        }
    }

    /**
     * The close frame is on its way.
     *
     * @param patiently whether only silence of the client counts, within a limit
     */
    void ending(int now, boolean patiently) {
        patient = patiently;
        ending = now;
    }

    /** To be called once a second; what is due is then taken as done. */
    Due check(int now, boolean demanded) {
        if (ending != NEVER) {
            return farewellIsOver(now) ? Due.CUT : Due.NOTHING;
        }
        int begun = unfinished;
        if (messageSeconds > 0 && begun != NEVER && now - begun >= messageSeconds) {
            return Due.CLOSE_UNFINISHED;
        }
        if (!demanded) {
            pongAwaited = false;
            return ping(now, pinged);
        }
        if (heard >= pinged) {
            pongAwaited = false;
        }
        if (pongAwaited && now - pinged >= pongSeconds) {
            return Due.CLOSE_WITHOUT_PONG;
        }
        if (idleSeconds > 0 && now - Math.max(heard, wrote) >= idleSeconds) {
            return Due.CLOSE_IDLE;
        }
        return pongAwaited ? Due.NOTHING : ping(now, Math.max(heard, pinged));
    }

    private boolean farewellIsOver(int now) {
        int since = patient ? Math.max(ending, heard) : ending;
        return now - since >= FAREWELL_SECONDS || now - ending >= LONGEST_FAREWELL_SECONDS;
    }

    private Due ping(int now, int since) {
        if (pingSeconds == 0 || now - since < pingSeconds) {
            return Due.NOTHING;
        }
        pinged = now;
        pongAwaited = true;
        return Due.PING;
    }
}
