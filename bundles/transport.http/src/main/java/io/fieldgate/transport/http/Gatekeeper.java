package io.fieldgate.transport.http;

import io.fieldgate.api.data.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Stands before everything that is served: keeps out whom the {@link EntryRules} keep out, says who the others are, and
 * tells browsers to be strict.
 */
final class Gatekeeper implements Preprocessor {

    /** Above every other preprocessor, for they rely on what is found out here. */
    static final int RANKING = 1_000_000;

    private volatile EntryRules rules;

    Gatekeeper(EntryRules rules) {
        this.rules = rules;
    }

    /** Takes other rules, from the next request on. */
    void follow(EntryRules others) {
        rules = others;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        EntryRules now = rules;
        beStrict(answer);
        Optional<Problem> refusal = now.refusal(
                http.getScheme(),
                Optional.ofNullable(http.getHeader("Host")),
                Collections.list(http.getHeaders("Origin")));
        if (refusal.isPresent()) {
            send(refusal.get(), answer);
        } else {
            chain.doFilter(new KnownRequest(http, new User(User.ANONYMOUS, now.anonymous())), response);
        }
    }

    @Override
    public void init(FilterConfig config) {
        // nothing to prepare
    }

    @Override
    public void destroy() {
        // nothing to clear away
    }

    /** Defaults for every answer; a servlet may set others. */
    private static void beStrict(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'; base-uri 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
    }

    private static void send(Problem problem, HttpServletResponse response) throws IOException {
        byte[] json = problem.json();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
