package io.fieldgate.handler.live;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.util.List;

/** The answer to {@code GET /api/points}: samples, and what the next request must name to get those that follow. */
final class PointList {

    private final String epoch;
    private final Position position;
    private final boolean refused;

    /**
     * Prepares the answer.
     *
     * @param epoch the run of the gateway
     * @param position where the client starts
     * @param refused true if the client named another start, which cannot be had
     */
    PointList(String epoch, Position position, boolean refused) {
        this.epoch = epoch;
        this.position = position;
        this.refused = refused;
    }

    /** What there is for the client now. */
    Update now(Points points, Selection selection) {
        List<Sample> samples = selection.every() && !position.snapshot()
                ? points.since(selection.filters(), position.last())
                        .orElseGet(() -> points.latest(selection.filters(), position.last()))
                : points.latest(selection.filters(), position.last());
        return Update.whole(samples);
    }

    HttpAnswer answer(Update update) {
        return HttpAnswer.json(json -> {
            json.writeStringField("epoch", epoch);
            json.writeNumberField("seq", Math.max(position.last(), update.last()));
            if (refused) {
                json.writeBooleanField("resumed", false);
            }
            if (update.lagged()) {
                json.writeNumberField("missed", update.missed());
            }
            LiveJson.writeSamples(json, update.samples());
        });
    }
}
