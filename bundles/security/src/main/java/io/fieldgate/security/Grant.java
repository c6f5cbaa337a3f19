package io.fieldgate.security;

import java.util.Optional;

/**
 * What let a user in, as {@code User.grant} tells it: {@code login:ID}, {@code password:NAME#STAMP}, {@code token:NAME#STAMP} or
 * {@code certificate:NAME#STAMP}.
 *
 * @param kind one of the constants
 * @param name the user, the token, or the id of the login
 * @param stamp what the user or token was at that time; empty for a login
 */
record Grant(String kind, String name, String stamp) {

    static final String LOGIN = "login";
    static final String PASSWORD = "password";
    static final String TOKEN = "token";
    static final String CERTIFICATE = "certificate";

    static Optional<Grant> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        int hash = text.indexOf('#', colon);
        return Optional.of(
                hash < 0
                        ? new Grant(text.substring(0, colon), text.substring(colon + 1), "")
                        : new Grant(
                                text.substring(0, colon), text.substring(colon + 1, hash), text.substring(hash + 1)));
    }

    String text() {
        return stamp.isEmpty() ? kind + ':' + name : kind + ':' + name + '#' + stamp;
    }
}
