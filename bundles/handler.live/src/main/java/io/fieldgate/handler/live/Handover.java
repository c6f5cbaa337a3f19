package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SocketSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is left in a session's attributes when this bundle is replaced. A later version must be able to read what an earlier
 * one has written, and the other way round after a rollback: so what is written here may grow but not change.
 */
final class Handover {

    /** {@code MODE LAST SNAPSHOT FILTER…}, parted by blanks. */
    static final String SUBSCRIPTION = "fieldgate.live.subscription";

    /** The ids, as JSON, of the requests that were not answered, parted by line feeds, which JSON has none of. */
    static final String PENDING = "fieldgate.live.pending";

    private static final int FILTERS_AT = 3;

    private Handover() {}

    /** A subscription as it was found. */
    record Left(Selection selection, Position position) {}

    static void leave(SocketSession session, Selection selection, Position position) {
        String filters = selection.filters().stream().map(PointFilter::toString).collect(Collectors.joining(" "));
        String mode = selection.mode().name().toLowerCase(Locale.ROOT);
        session.setAttribute(SUBSCRIPTION, mode + ' ' + position.last() + ' ' + position.snapshot() + ' ' + filters);
    }

    static void leave(SocketSession session, List<String> pending) {
        session.setAttribute(PENDING, String.join("\n", pending));
    }

    /**
     * Takes the subscription out of the attributes.
     *
     * @return the subscription, or empty if there was none
     * @throws IllegalArgumentException if it cannot be read; the session then ends, and the client subscribes anew
     */
    static Optional<Left> takeSubscription(SocketSession session) {
        Optional<String> noted = session.attribute(SUBSCRIPTION);
        session.setAttribute(SUBSCRIPTION, "");
        return noted.map(Handover::parse);
    }

    private static Left parse(String noted) {
        String[] words = noted.split(" ", -1);
        if (words.length <= FILTERS_AT) {
            throw new IllegalArgumentException("cannot resume the subscription \"" + noted + '"');
        }
        List<PointFilter> filters = Arrays.stream(words, FILTERS_AT, words.length)
                .map(PointFilter::of)
                .toList();
        Points.Mode mode = Points.Mode.valueOf(words[0].toUpperCase(Locale.ROOT));
        Position position = new Position(Long.parseLong(words[1]), Boolean.parseBoolean(words[2]));
        return new Left(new Selection(filters, mode), position);
    }

    static List<String> takePending(SocketSession session) {
        Optional<String> noted = session.attribute(PENDING);
        session.setAttribute(PENDING, "");
        return noted.map(ids -> List.of(ids.split("\n", -1))).orElse(List.of());
    }
}
