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
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Stands before everything that is served: keeps out whom the {@link EntryRules} keep out, says who the others are, and
 * tells browsers to be strict.
 */
final class Gatekeeper implements Preprocessor {

    /** Above every other preprocessor, for they rely on what is found out here. */
    static final int RANKING = 1_000_000;

    private static final String POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'";

    private static final Problem STRANGE = new Problem(
            HttpStatus.FORBIDDEN_403,
            "the request comes from a page of another origin; origins.allowed of transport.http would let it in");
    private static final Problem NOT_SERVED =
            new Problem(HttpStatus.NOT_FOUND_404, "this listener does not serve the path");

    private final OwnPorts ports;
    private final Rates rates;

    private volatile EntryRules rules;

    Gatekeeper(OwnPorts ports, Rates rates, EntryRules rules) {
        this.ports = ports;
        this.rates = rates;
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
        if (rates.refuse(ServletContextRequest.getServletContextRequest(http), answer)) {
            return;
        }
        EntryRules now = rules;
        Optional<String> host = Optional.ofNullable(http.getHeader("Host"));
        Optional<Problem> misdirected = now.refusal(host);
        beStrict(misdirected.isEmpty() ? host : Optional.empty(), answer);
        if (misdirected.isPresent()) {
            send(misdirected.get(), answer);
            return;
        }
        List<String> from = Collections.list(http.getHeaders("Origin"));
        EntryRules.Origin origin = now.origin(http.getScheme(), host, from, ports);
        if (origin == EntryRules.Origin.WELCOME) {
            Cors.allow(from.get(0), answer);
        }
        if (origin == EntryRules.Origin.STRANGE) {
            send(STRANGE, answer);
        } else if (!isServed(http)) {
            send(NOT_SERVED, answer);
        } else if (origin == EntryRules.Origin.WELCOME && Cors.isPreflight(http)) {
            Cors.answerPreflight(http, answer);
        } else {
            chain.doFilter(new KnownRequest(http, new User(User.ANONYMOUS, now.anonymous())), response);
        }
    }

    /** Tells whether the port that the request came by serves its path. */
    private static boolean isServed(HttpServletRequest http) {
        String info = http.getPathInfo();
        String path = http.getServletPath() + (info == null ? "" : info);
        ServletContextRequest inner = ServletContextRequest.getServletContextRequest(http);
        return Port.of(inner.getConnectionMetaData().getConnector())
                .map(port -> port.serves(path.isEmpty() ? "/" : path))
                .orElse(true);
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
    private void beStrict(Optional<String> host, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy(host));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.addHeader("Vary", "Origin");
    }

    /** A page may connect to all ports of the gateway, not only to the one that it has come by. */
    private String policy(Optional<String> host) {
        if (!ports.areSeveral()) {
            return POLICY;
        }
        List<Integer> numbers = host.map(EntryRules::name).map(ports::at).orElse(List.of());
        if (numbers.size() < 2) {
            return POLICY;
        }
        String name = EntryRules.name(host.orElseThrow());
        StringBuilder policy = new StringBuilder(POLICY).append("; connect-src 'self'");
        for (int number : numbers) {
            policy.append(" http://").append(name).append(':').append(number);
            policy.append(" ws://").append(name).append(':').append(number);
        }
        return policy.toString();
    }

    private static void send(Problem problem, HttpServletResponse response) throws IOException {
        byte[] json = problem.json();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
