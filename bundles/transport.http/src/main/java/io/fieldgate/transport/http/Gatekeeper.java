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
    private final OwnNames ownNames;
    private final WaitingRoom room;

    private volatile Rules rules;

    Gatekeeper(OwnPorts ports, Rates rates, SecurityServices security, WaitingRoom room, Rules rules) {
        this.ports = ports;
        this.rates = rates;
        ownNames = new OwnNames(ports);
        this.room = room;
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
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            room.passAgain(visit, () -> look(visit));
        } else {
            look(visit);
        }
    }

    private void look(Visit visit) throws IOException, ServletException {
        HttpServletRequest http = visit.request();
        if (http.getDispatcherType() == DispatcherType.REQUEST && rates.refuse(visit.inner(), visit.answer())) {
            return;
        }
        Rules now = rules;
        Optional<String> host = Optional.ofNullable(http.getHeader("Host"));
        Optional<Problem> misdirected = misdirected(now.entry(), host, http);
        if (http.getDispatcherType() == DispatcherType.REQUEST) { // else it comes by again, with headers
            beStrict(visit, now.entry(), misdirected.isEmpty() ? host : Optional.empty());
        }
        if (misdirected.isPresent()) {
            misdirected.get().send(visit.answer());
            return;
        }
        Optional<Port> port = Port.of(visit.inner().getConnectionMetaData().getConnector());
        Optional<Speech.Redirect> redirect = port.flatMap(Port::redirect);
        if (redirect.isPresent()) {
            String name = host.map(EntryRules::name).orElse("");
            TlsRedirect.answer(http, visit.answer(), redirect.get().port(), name);
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
        } else if (!isServed(port, path)) {
            NOT_SERVED.send(visit.answer());
        } else if (origin == EntryRules.Origin.WELCOME && Cors.isPreflight(http)) {
            Cors.answerPreflight(http, visit.answer());
        } else {
            admission.decide(visit, now, path, !from.isEmpty());
        }
    }

    /** Tells whether the port that the request came by serves its path. */
    private static boolean isServed(Optional<Port> port, String path) {
        return port.map(open -> open.serves(path)).orElse(true);
    }

    private Optional<Problem> misdirected(EntryRules entry, Optional<String> host, HttpServletRequest http) {
        Optional<Problem> refusal = entry.refusal(host);
        return refusal.isPresent() && ownNames.include(EntryRules.name(host.orElseThrow()), http.getLocalAddr())
                ? Optional.empty()
                : refusal;
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
        List<OwnPorts.Open> several = host.map(EntryRules::name)
                .map(name -> ports.at(name, visit.request().isSecure()))
                .orElse(List.of());
        if (several.size() > 1) {
            String name = EntryRules.name(host.orElseThrow());
            StringBuilder sources = new StringBuilder();
            for (OwnPorts.Open port : several) {
                String suffix = "://" + name + ':' + port.number();
                sources.append(' ').append(port.scheme()).append(suffix);
                sources.append(port.tls() ? " wss" : " ws").append(suffix);
            }
            Strictness.allowConnections(headers, sources.toString());
        }
    }
}
