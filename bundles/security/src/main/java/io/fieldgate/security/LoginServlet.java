package io.fieldgate.security;

import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Authenticator;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/login}: from the login page's form, or as JSON from a script of a page. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Authenticator.LOGIN)
@HttpWhiteboardServletAsyncSupported
public final class LoginServlet extends Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(LoginServlet.class);

    private final Realm realm;
    private final Audit audit;

    @Activate
    public LoginServlet(@Reference Realm realm, @Reference Audit audit) {
        super("POST");
        this.realm = realm;
        this.audit = audit;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        if ("cross-site".equals(site) || "same-site".equals(site)) {
            // Another page must not log anybody in as whom it likes.
            Reply.problem(403, "a login comes from a page of this gateway").send(response);
        } else if (!type(request).equals(FORM) && !type(request).equals(JSON)) {
            Reply.problem(415, "the body must be " + FORM + " or " + JSON).send(response);
        } else {
            AsyncContext context = request.startAsync();
            context.setTimeout(0); // reading and looking have limits of their own
            request.getInputStream()
                    .setReadListener(new BodyReader(
                            request.getInputStream(),
                            LoginForm.MAX_BYTES,
                            body -> received(context, request, body),
                            context::complete));
        }
    }

    private void received(AsyncContext context, HttpServletRequest request, Optional<byte[]> body) {
        if (body.isEmpty()) {
            send(context, Reply.problem(413, "the body has at most " + LoginForm.MAX_BYTES + " bytes"));
            return;
        }
        Optional<LoginForm> form = LoginForm.read(type(request), body.get());
        if (form.isEmpty()) {
            send(context, Reply.problem(400, "a login has name and password"));
            return;
        }
        boolean page = type(request).equals(FORM);
        String address = request.getRemoteAddr();
        Optional<String> before = login(request);
        LoginForm login = form.get();
        CompletionStage<Reply> reply = realm.passwords()
                .check(login.name(), login.password(), address)
                .thenApply(outcome -> {
                    Optional<String> cookie = outcome instanceof Authentication.Known known
                            ? begin(known.user(), address, before)
                            : Optional.empty();
                    return cookie.map(secret -> (page ? Reply.seeOther(login.next()) : Reply.nothing())
                                    .with("Set-Cookie", LoginCookie.set(request, secret, realm.loginLife())))
                            .orElseGet(() -> page ? backToThePage(login, outcome) : problem(outcome));
                })
                .exceptionally(failure -> {
                    LOG.error("a login failed", failure);
                    return Reply.problem(503, "the login failed, see the gateway's log");
                });
        reply.whenComplete((answer, failure) -> send(context, answer));
    }

    private Optional<String> begin(User user, String address, Optional<String> before) {
        Optional<String> cookie = realm.directory()
                .user(user.name())
                .filter(account -> realm.stands(user))
                .map(realm.logins()::begin);
        if (cookie.isPresent()) {
            before.ifPresent(realm::endLogin); // the browser forgets it now
            audit.record(user.name(), address, "login", "", Audit.Outcome.DONE);
        }
        return cookie;
    }

    private static Reply backToThePage(LoginForm form, Authentication outcome) {
        // What is behind # shows the reason in a page that runs no script.
        String why = outcome instanceof Authentication.Later later ? "&wait=" + seconds(later) + "#wait" : "#failed";
        return Reply.seeOther(Authenticator.LOGIN_PAGE + "?failed&next="
                + URLEncoder.encode(form.next(), StandardCharsets.UTF_8) + why);
    }

    private static Reply problem(Authentication outcome) {
        if (outcome instanceof Authentication.Later later) {
            return Reply.problem(429, "too many wrong passwords, or too many people log in: try again later")
                    .with("Retry-After", Long.toString(seconds(later)));
        }
        return Reply.problem(401, "name or password are wrong");
    }

    /** Rounded up: who comes a moment too early would wait again. */
    private static long seconds(Authentication.Later later) {
        return later.after().plusNanos(999_999_999).toSeconds();
    }

    private static void send(AsyncContext context, Reply reply) {
        try {
            reply.send((HttpServletResponse) context.getResponse());
            context.complete();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("an answer could not be sent, its client has gone", e);
        }
    }
}
