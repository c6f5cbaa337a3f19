package io.fieldgate.transport.http;

import io.fieldgate.api.security.Authenticator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/** What is answered to one who is not known. */
final class Challenge {

    private static final String NO_STORE = "no-store";
    private static final String AWAY_SECONDS = "2";

    private static final Problem WRONG = new Problem(
            HttpStatus.UNAUTHORIZED_401, "the credentials are not good; they may be wrong, expired or taken back");
    private static final Problem NONE =
            new Problem(HttpStatus.UNAUTHORIZED_401, "this needs a login, a token or a password");
    private static final Problem LATER = new Problem(
            HttpStatus.TOO_MANY_REQUESTS_429,
            "too many wrong passwords, or too many at once; the header Retry-After says when to try again");
    private static final Problem AWAY = new Problem(
            HttpStatus.SERVICE_UNAVAILABLE_503, "the security bundle is not there, so nobody can be let in");

    private Challenge() {}

    /** Asks for credentials; a person with a browser gets the page that does. */
    static void ask(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        if (isNavigation(request)) {
            answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            answer.setHeader("Cache-Control", NO_STORE);
            answer.setHeader("Location", Authenticator.LOGIN_PAGE + "?next=" + next(request));
            answer.setContentLength(0);
        } else {
            unauthorized(request, answer, NONE);
        }
    }

    /** The credentials are bad. */
    static void refuse(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        unauthorized(request, answer, WRONG);
    }

    /** The credentials were not looked at. */
    static void postpone(Duration after, HttpServletResponse answer) throws IOException {
        answer.setHeader(
                "Retry-After", Long.toString(Math.max(1, after.plusMillis(999).toSeconds())));
        send(LATER, answer);
    }

    /** There is nobody who could tell. */
    static void apologise(HttpServletResponse answer) throws IOException {
        answer.setHeader("Retry-After", AWAY_SECONDS);
        send(AWAY, answer);
    }

    /** Clears the cookie of a login that has ended. */
    static void clearCookie(boolean secure, HttpServletResponse answer) {
        answer.addHeader(
                "Set-Cookie",
                secure
                        ? Authenticator.SECURE_COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure"
                        : Authenticator.PLAIN_COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    /** A script in a page does not want the browser's own dialog, which Basic would bring up. */
    private static void unauthorized(HttpServletRequest request, HttpServletResponse answer, Problem problem)
            throws IOException {
        answer.setHeader("WWW-Authenticate", "Bearer");
        if (request.getHeader("Sec-Fetch-Mode") == null) {
            answer.addHeader("WWW-Authenticate", "Basic realm=\"Fieldgate\", charset=\"UTF-8\"");
        }
        send(problem, answer);
    }

    private static void send(Problem problem, HttpServletResponse answer) throws IOException {
        answer.setHeader("Cache-Control", NO_STORE);
        problem.send(answer);
    }

    private static boolean isNavigation(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && request.getHeader("X-Requested-With") == null
                && !Visit.asksForUpgrade(request);
    }

    /** Where the person wanted to go: a path of this gateway, and nothing that a browser could take for another host. */
    private static String next(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean here = path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0;
        String query = request.getQueryString() == null ? "" : '?' + request.getQueryString();
        return URLEncoder.encode(here ? path + query : "/", StandardCharsets.UTF_8);
    }
}
