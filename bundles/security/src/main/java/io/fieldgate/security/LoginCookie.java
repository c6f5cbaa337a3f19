package io.fieldgate.security;

import io.fieldgate.api.security.Authenticator;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** The cookie of a login (RFC 6265bis): for this gateway alone, out of reach of scripts, never sent from another site. */
final class LoginCookie {

    private LoginCookie() {}

    /** The value of Set-Cookie. */
    static String set(HttpServletRequest request, String value, Duration life) {
        String name = request.isSecure() ? Authenticator.SECURE_COOKIE : Authenticator.PLAIN_COOKIE;
        return name + '=' + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (request.isSecure() ? "; Secure" : "");
    }

    /** The value of Set-Cookie that makes a browser forget it. */
    static String clear(HttpServletRequest request) {
        return set(request, "", Duration.ZERO);
    }
}
