package io.fieldgate.security;

import io.fieldgate.api.security.Users;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** What a password must be. */
final class PasswordRules {

    private PasswordRules() {}

    /** The same text from every keyboard (RFC 8265, 4.2.1). */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /**
     * Checks a password that is to be set.
     *
     * @param password the password, in normal form
     * @throws IllegalArgumentException if it will not do; the message says why, and has nothing of the password
     */
    static void check(String password) {
        int characters = password.codePointCount(0, password.length());
        if (characters < Users.PASSWORD_MIN_CHARACTERS) {
            throw new IllegalArgumentException("a password has at least " + Users.PASSWORD_MIN_CHARACTERS
                    + " characters, this one has " + characters);
        }
        problem(password).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Tells whether a password could be anybody's: what bcrypt would cut off or misread is not looked at. */
    static boolean possible(String password) {
        return problem(password).isEmpty();
    }

    private static Optional<String> problem(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Users.PASSWORD_MAX_BYTES) {
            return Optional.of("a password has at most " + Users.PASSWORD_MAX_BYTES + " bytes, this one has " + bytes
                    + "; letters beyond ASCII count as 2 to 4");
        }
        if (password.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("a password has no control characters");
        }
        return Optional.empty();
    }
}
