package io.fieldgate.ssh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who may come in, and how many: at most eight that have not logged in, and as many that have as the configuration allows.
 *
 * <p><b>Threading.</b> Called from all threads of the library.
 */
final class Doorkeeper implements PublickeyAuthenticator, SessionListener {

    static final int STRANGERS_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    private static final AttributeKey<AuthorizedKeys.Entry> ENTRY = new AttributeKey<>();
    private static final int NAME_MAX = 32;
    private static final int REASON_MAX = 300;

    private final AuthorizedKeys keys;
    private final int guestsMax;

    /** Who is connected and has not logged in; guarded by this. */
    private final Set<Session> strangers = new HashSet<>();

    /** Who has logged in; guarded by this. */
    private final Set<Session> guests = new HashSet<>();

    /** Guarded by this. */
    private boolean crowdMentioned;

    /** Guarded by this. */
    private boolean closing;

    Doorkeeper(AuthorizedKeys keys, int guestsMax) {
        this.keys = keys;
        this.guestsMax = guestsMax;
    }

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        Optional<AuthorizedKeys.Entry> entry = keys.find(key);
        if (entry.isEmpty()) {
            LOG.info(
                    "SSH refuses {} from {}: the key {} is not in {}",
                    Text.printable(user, NAME_MAX),
                    address(session),
                    WireKey.fingerprint(key),
                    keys);
            return false;
        }
        session.setAttribute(ENTRY, entry.get());
        return true;
    }

    /**
     * For whom a session speaks, as the first line of what is asked of the shell.
     *
     * @param session one that has logged in
     */
    static String speaksFor(Session session) {
        AuthorizedKeys.Entry entry = session.getAttribute(ENTRY);
        return "AS " + entry.role() + ' ' + address(session) + ' ' + entry.name() + '\n';
    }

    @Override
    public void sessionCreated(Session session) {
        if (!enter(session)) {
            session.close(true);
        }
    }

    private synchronized boolean enter(Session session) {
        if (closing || strangers.size() >= STRANGERS_MAX) {
            if (!closing && !crowdMentioned) {
                LOG.info("SSH refuses {}: {} others have not logged in yet", address(session), STRANGERS_MAX);
                crowdMentioned = true;
            }
            return false;
        }
        strangers.add(session);
        return true;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event != Event.Authenticated) {
            return;
        }
        String user = Text.printable(session.getUsername(), NAME_MAX);
        AuthorizedKeys.Entry entry = session.getAttribute(ENTRY);
        if (logIn(session)) {
            LOG.info(
                    "SSH: {} has logged in from {} with the key {} as {}", user, address(session), entry, entry.role());
        } else {
            LOG.info("SSH refuses {} from {}: {} are logged in already", user, address(session), guestsMax);
            disconnect(
                    session,
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    guestsMax + " are logged in already (sessions.max)");
        }
    }

    private synchronized boolean logIn(Session session) {
        leave(session);
        return guests.size() < guestsMax && guests.add(session);
    }

    @Override
    public void sessionException(Session session, Throwable failure) {
        if (failure instanceof SshException) {
            LOG.info(
                    "SSH: the connection from {} fails: {}",
                    address(session),
                    Text.printable(failure.getMessage(), REASON_MAX));
        } else if (failure instanceof IOException) {
            LOG.debug("the connection from {} breaks off", address(session), failure);
        } else {
            LOG.error("SSH: the connection from {} fails", address(session), failure);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        if (leave(session)) {
            LOG.info("SSH: {} from {} has gone", Text.printable(session.getUsername(), NAME_MAX), address(session));
        }
    }

    private synchronized boolean leave(Session session) {
        if (strangers.remove(session)) {
            crowdMentioned = false;
        }
        boolean guest = guests.remove(session);
        notifyAll();
        return guest;
    }

    /** Shows everybody out with a line, lets nobody in any more, and waits for them, but not longer than the limit. */
    void close(String line, Duration limit) throws InterruptedException {
        Set<Session> all;
        synchronized (this) {
            closing = true;
            all = new HashSet<>(guests);
            all.addAll(strangers);
        }
        all.forEach(session -> disconnect(session, SshConstants.SSH2_DISCONNECT_BY_APPLICATION, line));
        long end = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            long rest = limit.toNanos();
            while (rest > 0 && !(guests.isEmpty() && strangers.isEmpty())) {
                TimeUnit.NANOSECONDS.timedWait(this, rest);
                rest = end - System.nanoTime();
            }
        }
    }

    private static void disconnect(Session session, int reason, String line) {
        try {
            session.disconnect(reason, line);
        } catch (IOException e) {
            LOG.debug("{} could not be told why it is disconnected", session, e);
            session.close(true);
        }
    }

    private static String address(Session session) {
        return session.getRemoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : String.valueOf(session.getRemoteAddress());
    }
}
