package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.TokenInfo;
import io.fieldgate.api.security.UserInfo;
import io.fieldgate.api.security.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Administers the users and tokens of the {@link Realm}; what was done or failed is audited. */
@Component
public final class UserAdministration implements Users {

    private final Realm realm;
    private final Audit audit;

    @Activate
    public UserAdministration(@Reference Realm realm, @Reference Audit audit) {
        this.realm = realm;
        this.audit = audit;
    }

    private record Listed(String name, Role role, Instant passwordSet, int logins, Optional<Instant> lockedUntil)
            implements UserInfo {}

    private record ListedToken(
            String name, Role role, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed)
            implements TokenInfo {}

    @Override
    public List<UserInfo> users() {
        List<UserInfo> list = new ArrayList<>();
        for (Account user : realm.directory().content().users().values()) {
            Duration locked = realm.passwords().locked(user.name());
            list.add(new Listed(
                    user.name(),
                    user.role(),
                    user.passwordSet(),
                    realm.logins().count(user.name()),
                    locked.isZero() ? Optional.empty() : Optional.of(realm.now().plus(locked))));
        }
        return list;
    }

    @Override
    public void setPassword(String name, String password, Optional<Role> role, String by) {
        audited(by, "password set", name, () -> {
            Account.checkName(name);
            String normal = PasswordRules.normal(password);
            PasswordRules.check(normal);
            String hash = realm.passwords().hash(normal);
            realm.change(content -> {
                Account known = content.users().get(name);
                if (known == null && content.users().size() >= Directory.MAX_USERS) {
                    throw new IllegalArgumentException(
                            "there are " + Directory.MAX_USERS + " users, which is the most");
                }
                Role now = role.orElse(known == null ? Role.VIEWER : known.role());
                return content.with(new Account(name, now, hash, second(), Secrets.id()));
            });
        });
    }

    @Override
    public void setRole(String name, Role role, String by) {
        audited(
                by,
                "role set " + role.id(),
                name,
                () -> change(content -> {
                    Account known = content.users().get(name);
                    if (known == null) {
                        throw new IllegalArgumentException("there is no user " + shown(name));
                    }
                    return known.role() == role ? content : content.with(known.withRole(role));
                }));
    }

    @Override
    public void removeUser(String name, String by) {
        audited(
                by,
                "user remove",
                name,
                () -> change(content -> {
                    if (!content.users().containsKey(name)) {
                        throw new IllegalArgumentException("there is no user " + shown(name));
                    }
                    return content.withoutUser(name);
                }));
    }

    @Override
    public List<TokenInfo> tokens() {
        List<TokenInfo> list = new ArrayList<>();
        for (ApiToken token : realm.directory().content().tokens().values()) {
            list.add(new ListedToken(
                    token.name(),
                    token.role(),
                    token.created(),
                    token.end().equals(Instant.MAX) ? Optional.empty() : Optional.of(token.end()),
                    realm.lastUse(token)));
        }
        return list;
    }

    @Override
    public String createToken(String name, Role role, Optional<Instant> expires, String by) {
        String secret = ApiToken.PREFIX + Secrets.random(32);
        audited(by, "token create " + role.id(), name, () -> {
            Account.checkName(name);
            if (expires.isPresent() && !expires.get().isAfter(realm.now())) {
                throw new IllegalArgumentException("the time at which the token ends is past: " + expires.get());
            }
            String digest = Secrets.digest(secret);
            change(content -> {
                if (content.tokens().containsKey(name)) {
                    throw new IllegalArgumentException("there is a token " + name + " already: revoke it first");
                }
                if (content.tokens().size() >= Directory.MAX_TOKENS) {
                    throw new IllegalArgumentException(
                            "there are " + Directory.MAX_TOKENS + " tokens, which is the most: revoke one first");
                }
                return content.with(
                        new ApiToken(name, role, digest, second(), expires.orElse(Instant.MAX), Secrets.id()));
            });
        });
        return secret;
    }

    @Override
    public void revokeToken(String name, String by) {
        audited(by, "token revoke", name, () -> {
            change(content -> {
                if (!content.tokens().containsKey(name)) {
                    throw new IllegalArgumentException("there is no token " + shown(name));
                }
                return content.withoutToken(name);
            });
            if (name.equals(Realm.ADMIN_TOKEN)) {
                realm.forgetAdminToken();
            }
        });
    }

    private void change(UnaryOperator<Directory.Content> change) {
        realm.change(change);
    }

    private Instant second() {
        return realm.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A name as it may stand in a message: somebody may have typed a password in its place. */
    private static String shown(String name) {
        return Account.NAME.matcher(name).matches() ? name : "of that name";
    }

    private void audited(String by, String action, String subject, Runnable change) {
        boolean done = false;
        try {
            change.run();
            done = true;
        } finally {
            boolean name = Account.NAME.matcher(subject).matches();
            audit.record(by, "", action, name ? subject : "", done ? Audit.Outcome.DONE : Audit.Outcome.FAILED);
        }
    }
}
