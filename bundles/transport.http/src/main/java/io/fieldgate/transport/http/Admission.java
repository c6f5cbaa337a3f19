package io.fieldgate.transport.http;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authenticator;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Lets in who may come in, as whom: asks the {@link Reception} who it is, holds what is asked for against the rules, and keeps an eye on
 * what stays open.
 *
 * <p>No thread waits while a password is looked at: the request is put aside, and comes by again.
 */
final class Admission {

    /** The authenticator answers within 10 s. */
    private static final long PASSWORD_LIMIT_MS = TimeUnit.SECONDS.toMillis(15);

    private static final Problem FORGED = new Problem(
            HttpStatus.FORBIDDEN_403,
            "a change that a browser's login asks for needs a header Origin of this gateway, or Sec-Fetch-Site: same-origin");

    private final SecurityServices security;
    private final Reception reception;
    private final OpenRequests open;

    Admission(SecurityServices security) {
        this.security = security;
        reception = new Reception(security);
        open = new OpenRequests(user ->
                security.authenticator().map(service -> service.stands(user)).orElse(true));
    }

    /**
     * Decides on a request whose origin is welcome.
     *
     * @param path decoded
     * @param fromPage whether the header {@code Origin} says so
     */
    void decide(Visit visit, Rules rules, String path, boolean fromPage) throws IOException, ServletException {
        Identity identity = reception.identify(visit.inner());
        if (identity instanceof Identity.Known known) {
            if (known.byCookie() && isForgeable(visit.request(), fromPage)) {
                record(visit, known.user(), path);
                FORGED.send(visit.answer());
            } else {
                admit(visit, rules, path, known.user());
            }
        } else if (identity instanceof Identity.Nobody nobody) {
            if (nobody.stale() && !isPublic(visit.request(), path)) {
                Challenge.clearCookie(visit.request().isSecure(), visit.answer());
            }
            admitNobody(visit, rules, path);
        } else if (identity instanceof Identity.Soon soon) {
            await(visit.request(), soon);
        } else if (identity instanceof Identity.Later later) {
            Challenge.postpone(later.after(), visit.answer());
        } else if (identity instanceof Identity.Away) {
            Challenge.apologise(visit.answer());
        } else {
            Challenge.refuse(visit.request(), visit.answer());
        }
    }

    /** Lets a user through, and has an eye on the request if it stays open. */
    private void pass(Visit visit, User user) throws IOException, ServletException {
        visit.chain().doFilter(new KnownRequest(visit.request(), user), visit.answer());
        if (!user.grant().isEmpty() && visit.request().isAsyncStarted()) {
            open.watch(visit.inner(), user);
        }
    }

    private void admitNobody(Visit visit, Rules rules, String path) throws IOException, ServletException {
        Optional<User> anonymous = rules.entry().anonymous();
        if (anonymous.isPresent() && Client.isLocal(visit.inner())) {
            admit(visit, rules, path, anonymous.get());
        } else if (isPublic(visit.request(), path)) {
            visit.chain().doFilter(visit.request(), visit.answer());
        } else {
            Challenge.ask(visit.request(), visit.answer());
        }
    }

    private void admit(Visit visit, Rules rules, String path, User user) throws IOException, ServletException {
        Optional<Role> needed = rules.access().needed(visit.request().getMethod(), path);
        if (needed.isEmpty() || user.role().includes(needed.get()) || isPublic(visit.request(), path)) {
            pass(visit, user);
            return;
        }
        record(visit, user, path);
        if (user.isAnonymous() && security.authenticator().isPresent()) {
            Challenge.ask(visit.request(), visit.answer());
        } else {
            new Problem(
                            HttpStatus.FORBIDDEN_403,
                            "this needs the role " + needed.get().id())
                    .send(visit.answer());
        }
    }

    private static void await(HttpServletRequest request, Identity.Soon soon) {
        AsyncContext later = request.startAsync();
        later.setTimeout(PASSWORD_LIMIT_MS);
        soon.outcome().whenComplete((outcome, failure) -> later.dispatch());
    }

    private void record(Visit visit, User user, String path) {
        security.audit()
                .ifPresent(audit -> audit.record(
                        user.name(),
                        Client.address(visit.inner()),
                        "request",
                        visit.request().getMethod() + ' ' + path,
                        Audit.Outcome.REFUSED));
    }

    /** A page of somebody else's could have made the browser send it (OWASP, "Cross-Site Request Forgery"). */
    private static boolean isForgeable(HttpServletRequest request, boolean fromPage) {
        boolean reads = switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> !Visit.asksForUpgrade(request);
            default -> false;
        };
        return !reads && !fromPage && !"same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** What one must see to log in. */
    private static boolean isPublic(HttpServletRequest request, String path) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" -> path.startsWith(Authenticator.LOGIN_PAGE);
            case "POST" -> path.equals(Authenticator.LOGIN);
            default -> false;
        };
    }
}
