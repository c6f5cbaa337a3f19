package io.fieldgate.core;

import io.fieldgate.api.data.SocketRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which handler serves which path. The exact path wins, then the longest {@code /x/*}; at one path those that speak one of
 * the client's subprotocols, the highest ranking first. A handler that has just gone is remembered for a while, so that its
 * clients wait for its successor instead of being told that nobody is there.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class RouteTable {

    private static final Comparator<HandlerRoute> BEST_FIRST =
            Comparator.comparingInt(HandlerRoute::ranking).reversed().thenComparingLong(HandlerRoute::serviceId);

    // guarded by this
    private final Map<String, List<HandlerRoute>> routes = new TreeMap<>();
    private final Map<String, Set<Expected>> expected = new HashMap<>();

    /** What there is for a request. */
    sealed interface Match {

        /** A handler serves it. */
        record Served(HandlerRoute route) implements Match {}

        /** Nobody yet, but a handler comes or has just gone. */
        record Awaited() implements Match {}

        /** There are handlers at the path, and none speaks a subprotocol that is offered. */
        record Unfit() implements Match {}

        /** Nobody serves the path. */
        record Unknown() implements Match {}
    }

    /** A handler that has just gone; each is only equal to itself. */
    static final class Expected {

        private final HandlerSpec spec;

        private Expected(HandlerSpec spec) {
            this.spec = spec;
        }
    }

    synchronized void add(HandlerRoute route) {
        List<HandlerRoute> ranked = routes.computeIfAbsent(route.spec().path(), path -> new ArrayList<>());
        ranked.add(route);
        ranked.sort(BEST_FIRST);
    }

    /** Sorts a route in again after its ranking has changed. */
    synchronized void rank(HandlerRoute route, int ranking) {
        route.rank(ranking);
        routes.getOrDefault(route.spec().path(), new ArrayList<>()).sort(BEST_FIRST);
    }

    synchronized void remove(HandlerRoute route) {
        routes.computeIfPresent(route.spec().path(), (path, ranked) -> {
            ranked.remove(route);
            return ranked.isEmpty() ? null : ranked;
        });
    }

    /** Takes a route away and remembers it until {@link #forget}, if it has ever served. */
    synchronized Expected expect(HandlerRoute route) {
        remove(route);
        Expected again = new Expected(route.spec());
        if (route.handler() != null) {
            expected.computeIfAbsent(route.spec().path(), path -> new HashSet<>())
                    .add(again);
        }
        return again;
    }

    synchronized void forget(Expected again) {
        expected.computeIfPresent(again.spec.path(), (path, all) -> {
            all.remove(again);
            return all.isEmpty() ? null : all;
        });
    }

    synchronized Match match(SocketRequest request) {
        Optional<String> pattern = pattern(request.path());
        if (pattern.isEmpty()) {
            return new Match.Unknown();
        }
        boolean awaited = false;
        for (HandlerRoute route : routes.getOrDefault(pattern.get(), List.of())) {
            if (route.spec().fits(request.subprotocols())) {
                if (route.isServing()) {
                    return new Match.Served(route);
                }
                awaited = true;
            }
        }
        awaited |= expected.getOrDefault(pattern.get(), Set.of()).stream()
                .anyMatch(gone -> gone.spec.fits(request.subprotocols()));
        return awaited ? new Match.Awaited() : new Match.Unfit();
    }

    synchronized boolean knows(String path) {
        return pattern(path).isPresent();
    }

    /** The best handler that can take over a session which another at the same path has held. */
    synchronized Optional<HandlerRoute> successor(String pattern, Optional<String> subprotocol) {
        return routes.getOrDefault(pattern, List.of()).stream()
                .filter(route -> route.isServing() && route.spec().continues(subprotocol))
                .findFirst();
    }

    /** All that have come and not gone. */
    synchronized List<HandlerRoute> all() {
        return routes.values().stream().flatMap(List::stream).toList();
    }

    /** All that can be called, and those that do not come to be, by path and then the best first. */
    synchronized List<HandlerRoute> listed() {
        return routes.values().stream()
                .flatMap(List::stream)
                .filter(route -> route.isServing() || route.overdue() > 0)
                .toList();
    }

    private Optional<String> pattern(String path) {
        if (isTaken(path)) {
            return Optional.of(path);
        }
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            String wildcard = path.substring(0, slash + 1) + "*";
            if (isTaken(wildcard)) {
                return Optional.of(wildcard);
            }
        }
        return Optional.empty();
    }

    private boolean isTaken(String pattern) {
        return routes.containsKey(pattern) || expected.containsKey(pattern);
    }
}
