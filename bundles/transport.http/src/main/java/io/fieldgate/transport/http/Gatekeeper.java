package io.fieldgate.transport.http;

import jakarta.servlet.DispatcherType;
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
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Stands before everything that is served: keeps out whom the {@link EntryRules} keep out, says who the others are, and
 * tells browsers to be strict.
 */
final class Gatekeeper implements Preprocessor {

    /** Above every other preprocessor, for they rely on what is found out here. */
    static final int RANKING = 1_000_000;

    private static final Problem STRANGE = new Problem(
            HttpStatus.FORBIDDEN_403,
            "the request comes from a page of another origin; origins.allowed of transport.http would let it in");
    private static final Problem NOT_SERVED =
            new Problem(HttpStatus.NOT_FOUND_404, "this listener does not serve the path");

    private final OwnPorts ports;
    private final Rates rates;
    private final Admission admission;

    private volatile Rules rules;

    Gatekeeper(OwnPorts ports, Rates rates, SecurityServices security, Rules rules) {
        this.ports = ports;
        this.rates = rates;
        this.rules = rules;
        admission = new Admission(security);
    }

    /** Takes other rules, from the next request on. */
    void follow(Rules others) {
        rules = others;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Visit visit = Visit.of((HttpServletRequest) request, (HttpServletResponse) response, chain);
        HttpServletRequest http = visit.request();
        if (http.getDispatcherType() == DispatcherType.REQUEST && rates.refuse(visit.inner(), visit.answer())) {
            return;
        }
        Rules now = rules;
        Optional<String> host = Optional.ofNullable(http.getHeader("Host"));
        Optional<Problem> misdirected = now.entry().refusal(host);
        if (http.getDispatcherType() == DispatcherType.REQUEST) { // else it comes by again, with headers
            beStrict(visit, now.entry(), misdirected.isEmpty() ? host : Optional.empty());
        }
        if (misdirected.isPresent()) {
            misdirected.get().send(visit.answer());
            return;
        }
        List<String> from = http.getHeader("Origin") == null ? List.of() : Collections.list(http.getHeaders("Origin"));
        EntryRules.Origin origin = now.entry().origin(http.getScheme(), host, from, ports);
        if (origin == EntryRules.Origin.WELCOME) {
            Cors.allow(from.get(0), visit.answer());
        }
        String path = visit.path();
        if (origin == EntryRules.Origin.STRANGE) {
            STRANGE.send(visit.answer());
        } else if (!isServed(visit.inner(), path)) {
            NOT_SERVED.send(visit.answer());
        } else if (origin == EntryRules.Origin.WELCOME && Cors.isPreflight(http)) {
            Cors.answerPreflight(http, visit.answer());
        } else {
            admission.decide(visit, now, path, !from.isEmpty());
        }
    }

    /** Tells whether the port that the request came by serves its path. */
    private static boolean isServed(ServletContextRequest inner, String path) {
        return Port.of(inner.getConnectionMetaData().getConnector())
                .map(port -> port.serves(path))
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

    /** Defaults for every answer. A page may connect to all ports of the gateway, not only to the one that it has come by. */
    private void beStrict(Visit visit, EntryRules entry, Optional<String> host) {
        HttpFields.Mutable headers = visit.inner().getServletContextResponse().getHeaders();
        Strictness.apply(headers, entry.welcomeOthers());
        if (!ports.areSeveral()) {
            return;
        }
        List<Integer> numbers = host.map(EntryRules::name).map(ports::at).orElse(List.of());
        if (numbers.size() > 1) {
            String name = EntryRules.name(host.orElseThrow());
            StringBuilder sources = new StringBuilder();
            for (int number : numbers) {
                sources.append(" http://").append(name).append(':').append(number);
                sources.append(" ws://").append(name).append(':').append(number);
            }
            Strictness.allowConnections(headers, sources.toString());
        }
    }
}
