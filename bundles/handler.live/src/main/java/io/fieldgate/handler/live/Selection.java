package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.gateway.Points;
import java.util.Comparator;
import java.util.List;

/**
 * What a client wants to see. Two clients that want the same are equal here, however they wrote it: they share one observation
 * and its encoded messages.
 *
 * @param filters the points, in one canonical order and each once; {@code **} alone if it is among them
 * @param mode how the samples are wanted
 */
record Selection(List<PointFilter> filters, Points.Mode mode) {

    /** The most filters that one subscription can have. */
    static final int MAX_FILTERS = 64;

    Selection {
        filters = filters.contains(PointFilter.ALL)
                ? List.of(PointFilter.ALL)
                : filters.stream()
                        .distinct()
                        .sorted(Comparator.comparing(PointFilter::toString))
                        .toList();
    }

    boolean every() {
        return mode == Points.Mode.EVERY;
    }
}
