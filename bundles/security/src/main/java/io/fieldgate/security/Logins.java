package io.fieldgate.security;

import io.fieldgate.api.data.User;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins of browsers, and their file {@code logins.json}, so that a restart logs nobody out. A login ends when the user logs
 * out, after its absolute life, or with a change of the user; of one user the oldest goes when there are too many.
 *
 * <p><b>Threading.</b> Safe for use by many threads; who only reads never waits.
 */
final class Logins {

    static final String FILE = "logins.json";
    static final String ASIDE = "logins.damaged.json";
    static final int MAX_PER_USER = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    private final PrivateFolder folder;
    private final Directory directory;
    private final Duration life;
    private final Clock clock;
    private final Map<String, LoginEntry> entries =
            new ConcurrentHashMap<>(); // by id; changed by the holder of this lock
    private boolean closed; // guarded by this

    private Logins(PrivateFolder folder, Directory directory, Duration life, Clock clock) {
        this.folder = folder;
        this.directory = directory;
        this.life = life;
        this.clock = clock;
    }

    /** Reads the file. A damaged one is put aside: everybody logs in again. */
    static Logins open(PrivateFolder folder, Directory directory, Duration life, Clock clock) throws IOException {
        Logins logins = new Logins(folder, directory, life, clock);
        Optional<byte[]> file = folder.read(FILE);
        if (file.isPresent()) {
            try {
                LoginFile.read(file.get()).forEach(entry -> logins.entries.put(entry.id(), entry));
            } catch (IOException e) {
                folder.putAside(FILE, ASIDE);
                LOG.warn(
                        "{} is damaged ({}): everybody has to log in again; it lies in {}",
                        folder.file(FILE),
                        e.getMessage(),
                        folder.file(ASIDE));
            }
        }
        return logins;
    }

    /**
     * Begins a login.
     *
     * @return what the cookie holds, and what is kept nowhere
     */
    synchronized String begin(Account user) {
        String id = Secrets.id();
        String secret = Secrets.random(16);
        Instant end = clock.instant().plus(life);
        makeRoom(user.name());
        entries.put(id, new LoginEntry(id, Secrets.digest(secret), user.name(), user.stamp(), end));
        save();
        return id + '.' + secret;
    }

    private void makeRoom(String user) {
        List<LoginEntry> ofUser = of(user);
        ofUser.sort((one, other) -> one.end().compareTo(other.end()));
        for (int i = 0; i <= ofUser.size() - MAX_PER_USER; i++) {
            entries.remove(ofUser.get(i).id());
        }
    }

    private List<LoginEntry> of(String user) {
        List<LoginEntry> ofUser = new ArrayList<>();
        for (LoginEntry entry : entries.values()) {
            if (entry.user().equals(user)) {
                ofUser.add(entry);
            }
        }
        return ofUser;
    }

    /** Whose login a cookie holds. */
    Optional<User> find(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        LoginEntry entry = entries.get(cookie.substring(0, dot));
        if (entry == null || !Secrets.same(entry.digest(), Secrets.digest(cookie.substring(dot + 1)))) {
            return Optional.empty();
        }
        return directory
                .user(entry.user())
                .filter(user -> entry.fits(user, clock.instant()))
                .map(user -> new User(user.name(), user.role(), new Grant(Grant.LOGIN, entry.id(), "").text()));
    }

    /** Tells whether a login of that id still is the user's. */
    boolean stands(String id, String user) {
        LoginEntry entry = entries.get(id);
        return entry != null
                && entry.user().equals(user)
                && directory
                        .user(user)
                        .filter(account -> entry.fits(account, clock.instant()))
                        .isPresent();
    }

    int count(String user) {
        return of(user).size();
    }

    /**
     * Ends a login.
     *
     * @return false if there is none of that id
     */
    synchronized boolean end(String id) {
        if (entries.remove(id) == null) {
            return false;
        }
        save();
        return true;
    }

    /**
     * Drops the logins whose time is up or whose user has changed.
     *
     * @return true if there were any
     */
    synchronized boolean dropEnded() {
        Instant now = clock.instant();
        boolean dropped = entries.values()
                .removeIf(entry -> directory
                        .user(entry.user())
                        .filter(user -> entry.fits(user, now))
                        .isEmpty());
        if (dropped) {
            save();
        }
        return dropped;
    }

    /** Leaves the file to a successor. */
    synchronized void close() {
        closed = true;
    }

    private void save() {
        if (closed) {
            return;
        }
        try {
            Map<String, LoginEntry> snapshot = new LinkedHashMap<>(entries);
            folder.write(FILE, LoginFile.write(snapshot.values()));
        } catch (IOException e) {
            LOG.error(
                    "{} cannot be written: after a restart, who logged in has to do so again, and who logged out may be"
                            + " logged in",
                    folder.file(FILE),
                    e);
        }
    }
}
