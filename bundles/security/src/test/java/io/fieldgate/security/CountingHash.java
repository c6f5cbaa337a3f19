package io.fieldgate.security;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Bcrypt at its least cost, which notes against what was compared. */
final class CountingHash implements PasswordHash {

    final List<String> compared = new CopyOnWriteArrayList<>();

    private final Bcrypt bcrypt;

    CountingHash(int cost) {
        bcrypt = new Bcrypt(cost);
    }

    @Override
    public String hash(String password) {
        return bcrypt.hash(password);
    }

    @Override
    public boolean matches(String password, String hash) {
        compared.add(hash);
        return bcrypt.matches(password, hash);
    }

    @Override
    public String nobodys() {
        return bcrypt.nobodys();
    }

    @Override
    public boolean isOld(String hash) {
        return bcrypt.isOld(hash);
    }
}
