package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Credentials;
import io.fieldgate.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** The parts of the bundle, put together as declarative services does, with a clock that goes when it is told to. */
final class Subject implements AutoCloseable {

    static final int COST = 4;
    static final String PASSWORD = "correct horse";
    static final String ADDRESS = "192.0.2.7";

    final ManualClock clock;
    final FakeSessions sessions = new FakeSessions();
    final AuditLines audit = new AuditLines();
    final CountingHash hash;
    final Realm realm;
    final CredentialCheck check;
    final UserAdministration users;

    private boolean closed;

    Subject(Path folder) {
        this(folder, new ManualClock(), COST);
    }

    Subject(Path folder, ManualClock clock, int cost) {
        this.clock = clock;
        hash = new CountingHash(cost);
        realm = new Realm(folder, hash, Duration.ofHours(12), audit, clock, nanoTime(clock));
        realm.bindSessions(sessions);
        check = new CredentialCheck(realm);
        users = new UserAdministration(realm, audit);
    }

    static LongSupplier nanoTime(ManualClock clock) {
        return () -> Duration.between(Instant.parse("2026-01-01T00:00:00Z"), clock.instant())
                .toNanos();
    }

    void user(String name, Role role) {
        users.setPassword(name, PASSWORD, Optional.of(role), "test");
    }

    Authentication password(String name, String password) {
        return password(name, password, ADDRESS);
    }

    Authentication password(String name, String password, String address) {
        return outcome(new Credentials.Password(name, password), address);
    }

    Authentication outcome(Credentials credentials, String address) {
        try {
            return check.authenticate(credentials, address)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no outcome", e);
        }
    }

    /** Who has these credentials. */
    User known(Credentials credentials) {
        if (outcome(credentials, ADDRESS) instanceof Authentication.Known known) {
            return known.user();
        }
        throw new AssertionError(credentials + " should be good");
    }

    String login(String name) {
        return realm.logins().begin(realm.directory().user(name).orElseThrow());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            realm.deactivate();
        }
    }
}
