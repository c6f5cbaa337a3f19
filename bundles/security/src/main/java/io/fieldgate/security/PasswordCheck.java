package io.fieldgate.security;

import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authentication;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at names and passwords. For a user who does not exist the same is done as for one who does, and the same is
 * answered: nobody learns from it who there is.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class PasswordCheck {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordCheck.class);

    private static final int FREE_OF_PAIR = 5;
    private static final int FREE_OF_ONE = 50;
    private static final int PLACES = 2048;
    private static final String NO_NAME = "?";

    private final Directory directory;
    private final PasswordHash hash;
    private final HashQueue queue;
    private final Audit audit;
    private final Remembered remembered;
    private final Backoff pairs;
    private final Backoff names;
    private final Backoff addresses;

    PasswordCheck(Directory directory, PasswordHash hash, HashQueue queue, Audit audit, LongSupplier nanoTime) {
        this.directory = directory;
        this.hash = hash;
        this.queue = queue;
        this.audit = audit;
        remembered = new Remembered(nanoTime);
        pairs = new Backoff(FREE_OF_PAIR, PLACES, nanoTime);
        names = new Backoff(FREE_OF_ONE, PLACES, nanoTime);
        addresses = new Backoff(FREE_OF_ONE, PLACES, nanoTime);
    }

    /**
     * One try.
     *
     * @param name the name as it is counted: all names that nobody can have are one
     * @param address where it comes from, as it is told
     * @param place where it comes from, as it is counted
     */
    private record Try(String name, String password, String address, String place) {

        String pair() {
            return name + ' ' + place;
        }

        boolean local() {
            return ClientAddress.isLoopback(address);
        }
    }

    CompletionStage<Authentication> check(String name, String password, String address) {
        Try one = new Try(
                Account.NAME.matcher(name).matches() ? name : NO_NAME,
                PasswordRules.normal(password),
                address,
                ClientAddress.key(address));
        Duration wait = pairs.remaining(one.pair());
        if (!wait.isZero()) {
            return now(later(wait));
        }
        Optional<Account> user = directory.user(one.name());
        if (user.isPresent() && remembered.has(user.get(), one.password(), one.place())) {
            return now(known(user.get()));
        }
        wait = wait(one);
        if (!wait.isZero()) {
            // Counted, or a locked user's remembered password could be guessed from its address at full rate.
            pairs.wrong(one.pair());
            return now(later(wait));
        }
        return queue.add(one.local() ? "" : one.place(), () -> look(one));
    }

    /** Until when passwords of a user are not looked at, wherever they come from. */
    Duration locked(String name) {
        return names.remaining(name);
    }

    private Duration wait(Try one) {
        Duration ofName = names.remaining(one.name());
        Duration ofPlace = one.local() ? Duration.ZERO : addresses.remaining(one.place());
        return ofName.compareTo(ofPlace) > 0 ? ofName : ofPlace;
    }

    /** On the thread of the queue. */
    private Authentication look(Try one) {
        Duration pair = pairs.remaining(one.pair());
        Duration wait = pair.isZero() ? wait(one) : pair;
        if (!wait.isZero()) {
            return later(wait); // others of the same were wrong while this one waited
        }
        Optional<Account> user = directory.user(one.name());
        boolean possible = PasswordRules.possible(one.password());
        String against = possible ? user.map(Account::hash).orElseGet(hash::nobodys) : hash.nobodys();
        boolean equal;
        synchronized (hash) {
            equal = hash.matches(possible ? one.password() : "", against);
        }
        if (!equal || !possible || user.isEmpty()) {
            wrong(one, user.isPresent());
            return new Authentication.Unknown();
        }
        Optional<Account> still = directory
                .user(one.name())
                .filter(now -> now.stamp().equals(user.get().stamp()));
        if (still.isEmpty()) {
            return new Authentication.Unknown(); // changed just now
        }
        right(one, still.get());
        return known(still.get());
    }

    private void wrong(Try one, boolean exists) {
        pairs.wrong(one.pair());
        boolean locked = names.wrong(one.name());
        if (!one.local()) {
            addresses.wrong(one.place());
        }
        // People type passwords where the name should be: only names that exist are written down.
        audit.record(exists ? one.name() : "unknown", one.address(), "password", "", Audit.Outcome.REFUSED);
        if (locked && exists) {
            LOG.warn(
                    "{} wrong passwords for the user {}, the last from {}: passwords of this user are looked at now and"
                            + " then only",
                    FREE_OF_ONE,
                    one.name(),
                    one.address());
        }
    }

    private void right(Try one, Account user) {
        pairs.right(one.pair());
        remembered.put(user, one.password(), one.place());
        audit.record(user.name(), one.address(), "password", "", Audit.Outcome.DONE);
        if (hash.isOld(user.hash())) {
            renew(user, one.password());
        }
    }

    /** So that a new cost reaches those who set their password before. */
    private void renew(Account user, String password) {
        String anew = hash(password);
        try {
            directory.change(content -> {
                Account current = content.users().get(user.name());
                boolean same = current != null && current.stamp().equals(user.stamp());
                return same ? content.with(current.withHash(anew)) : content;
            });
        } catch (RuntimeException e) {
            LOG.warn("the password of {} could not be hashed anew, its old hash stays", user.name(), e);
        }
    }

    /** Hashes a password that is to be set; waits for the one that is looked at now. */
    String hash(String password) {
        synchronized (hash) {
            return hash.hash(password);
        }
    }

    private static Authentication known(Account user) {
        String grant = new Grant(Grant.PASSWORD, user.name(), user.stamp()).text();
        return new Authentication.Known(new User(user.name(), user.role(), grant));
    }

    private static Authentication later(Duration wait) {
        return new Authentication.Later(wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait);
    }

    private static CompletionStage<Authentication> now(Authentication outcome) {
        return CompletableFuture.completedStage(outcome);
    }
}
