package io.fieldgate.security;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Passwords hashed with bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme"). */
final class Bcrypt implements PasswordHash {

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-9]|2[0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    private final String prefix;
    private final int cost;

    /**
     * Hashes with a cost.
     *
     * @param cost the binary logarithm of the rounds: one more takes twice as long
     */
    Bcrypt(int cost) {
        this.cost = cost;
        this.prefix = String.format(Locale.ROOT, "$2b$%02d$", cost);
    }

    static boolean isHash(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String hash(String password) {
        return BCrypt.hashpw(password.getBytes(StandardCharsets.UTF_8), BCrypt.gensalt("$2b", cost));
    }

    @Override
    public boolean matches(String password, String hash) {
        return BCrypt.checkpw(password.getBytes(StandardCharsets.UTF_8), hash);
    }

    /** Made up, and not computed: only the salt and the cost in it matter, and start-up does no work. */
    @Override
    public String nobodys() {
        return prefix + "fieldgate.nobodys.salt" + ".".repeat(31);
    }

    @Override
    public boolean isOld(String hash) {
        return !hash.startsWith(prefix);
    }
}
