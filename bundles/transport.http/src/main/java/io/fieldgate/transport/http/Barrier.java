package io.fieldgate.transport.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Says which requests wait while something is replaced: those whose path is served by what goes. Of two that serve the same path it is
 * enough that one goes. Does not change.
 */
final class Barrier {

    /** Nothing is replaced. */
    static final Barrier OPEN = new Barrier(false, List.of(), List.of());

    /** What goes is on the way of every request. */
    static final Barrier CLOSED = new Barrier(true, List.of(), List.of());

    private final boolean closed;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(PathPattern pattern, boolean goes) {}

    private Barrier(boolean closed, Collection<PathPattern> going, Collection<PathPattern> staying) {
        this.closed = closed;
        going.forEach(pattern -> entries.add(new Entry(pattern, true)));
        staying.forEach(pattern -> entries.add(new Entry(pattern, false)));
        entries.sort(Comparator.comparing(Entry::pattern));
    }

    /**
     * @param going served by what goes
     * @param staying served by somebody else
     */
    static Barrier of(Collection<PathPattern> going, Collection<PathPattern> staying) {
        return going.isEmpty() ? OPEN : new Barrier(false, going, staying);
    }

    /**
     * Tells whether a request waits.
     *
     * @param path decoded, or null if there is none
     * @param forWebSocket for that is no matter of servlets, and the core has it wait by itself
     */
    boolean stops(String path, boolean forWebSocket) {
        if (closed || forWebSocket || path == null) {
            return closed;
        }
        PathPattern best = null;
        for (Entry entry : entries) {
            if (best != null && best.compareTo(entry.pattern) != 0) {
                return false;
            }
            if (entry.pattern.matches(path)) {
                if (entry.goes) {
                    return true;
                }
                best = entry.pattern;
            }
        }
        return false;
    }
}
