package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.TokenInfo;
import io.fieldgate.api.security.UserInfo;
import io.fieldgate.api.security.Users;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Users in memory, and what was done to them. */
final class FakeUsers implements Users {

    /** What was done, each in one line. */
    final List<String> done = new CopyOnWriteArrayList<>();

    private final Instant made;
    private final Map<String, User> users = new TreeMap<>();
    private final Map<String, Token> tokens = new TreeMap<>();

    private record User(String name, Role role, Instant passwordSet, int logins, Optional<Instant> lockedUntil)
            implements UserInfo {}

    private record Token(String name, Role role, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed)
            implements TokenInfo {}

    FakeUsers(Instant made) {
        this.made = made;
    }

    FakeUsers withUser(String name, Role role, int logins, Optional<Instant> lockedUntil) {
        users.put(name, new User(name, role, made, logins, lockedUntil));
        return this;
    }

    @Override
    public List<UserInfo> users() {
        return List.copyOf(users.values());
    }

    @Override
    public void setPassword(String name, String password, Optional<Role> role, String by) {
        if (password.length() < PASSWORD_MIN_CHARACTERS) {
            throw new IllegalArgumentException("a password has at least 10 characters");
        }
        done.add("password " + name + ' ' + password + ' ' + role.map(Role::id).orElse("-") + " by " + by);
        withUser(name, role.orElse(Role.VIEWER), 0, Optional.empty());
    }

    @Override
    public void setRole(String name, Role role, String by) {
        known(name);
        done.add("role " + name + ' ' + role.id() + " by " + by);
    }

    @Override
    public void removeUser(String name, String by) {
        known(name);
        done.add("remove " + name + " by " + by);
    }

    private void known(String name) {
        if (!users.containsKey(name)) {
            throw new IllegalArgumentException("there is no user " + name);
        }
    }

    @Override
    public List<TokenInfo> tokens() {
        return List.copyOf(tokens.values());
    }

    @Override
    public String createToken(String name, Role role, Optional<Instant> expires, String by) {
        done.add("token " + name + ' ' + role.id() + ' '
                + expires.map(Instant::toString).orElse("-") + " by " + by);
        tokens.put(name, new Token(name, role, made, expires, Optional.of(made)));
        return "fg_made";
    }

    @Override
    public void revokeToken(String name, String by) {
        done.add("revoke " + name + " by " + by);
    }
}
