package io.fieldgate.transport.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners besides the main one. One that cannot be opened is said once, and does not hold up the others.
 *
 * <p>Not for use by several threads at once.
 */
final class FurtherListeners {

    /** Each takes a thread and some memory. */
    static final int MOST = 16;

    private static final Logger LOG = LoggerFactory.getLogger(FurtherListeners.class);

    /** By PID. */
    private final Map<String, Further> all = new TreeMap<>();

    private final ListenPermit permit;

    FurtherListeners(ListenPermit permit) {
        this.permit = permit;
    }

    private static final class Further {
        private final Listener listener;
        private ListenerTerms terms;
        private String failure = "";
        private final Patience patience = new Patience();

        Further(Listener listener, ListenerTerms terms) {
            this.listener = listener;
            this.terms = terms;
        }
    }

    void put(String pid, ListenerTerms terms) {
        Further known = all.get(pid);
        if (known != null) {
            known.terms = terms;
        } else if (all.size() < MOST) {
            all.put(pid, new Further(new Listener(permit.door()), terms));
        } else {
            LOG.error("not listening on {}: there are {} further listeners already", terms.place(), MOST);
        }
    }

    /** Takes no new connection there; those that came by it stay. */
    void remove(String pid) {
        Further gone = all.remove(pid);
        if (gone != null && gone.listener.isOpen()) {
            String url = gone.listener.url();
            gone.listener.retire();
            LOG.info("no longer listening on {}", url);
        }
    }

    /**
     * Opens what is not open yet, and lets the others follow their terms.
     *
     * @param main what they have in common with the main one
     * @return whether all are as they should be
     */
    boolean follow(Server jetty, Terms main) {
        boolean whole = true;
        for (Further further : all.values()) {
            whole &= follow(further, jetty, main);
        }
        return whole;
    }

    List<String> urls() {
        return all.values().stream()
                .map(further -> further.listener)
                .filter(Listener::isOpen)
                .map(Listener::url)
                .toList();
    }

    List<OwnPorts.Open> addresses() {
        return all.values().stream()
                .flatMap(further -> further.listener.addresses().stream())
                .toList();
    }

    void retire() {
        all.values().forEach(further -> further.listener.retire());
    }

    /** Jetty has closed everything. */
    void forget() {
        all.values().forEach(further -> further.listener.forget());
    }

    private boolean follow(Further further, Server jetty, Terms main) {
        Terms terms = further.terms.with(main);
        try {
            permit.check(terms);
            if (further.listener.follow(jetty, terms)) {
                String paths = String.join(", ", terms.paths().patterns());
                LOG.info("listening on {} as well, for {}", further.listener.url(), paths);
            }
            further.failure = "";
            further.patience.end();
            return true;
        } catch (IOException e) {
            boolean waits = e instanceof NotYet notYet && further.patience.covers(notYet);
            if (!waits && jetty.isStarted() && !further.failure.equals(e.getMessage())) {
                further.failure = e.getMessage();
                LOG.error("{}; it is tried again", e.getMessage());
                LOG.debug("the cause", e);
            }
            return false;
        }
    }
}
