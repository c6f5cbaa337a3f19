package io.fieldgate.driver.serial;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each point said last, and how long it has been silent. */
final class LastReadings {

    private record Last(Reading reading, long nanos) {}

    private final long silenceNanos;
    // Guarded by this.
    private final Map<PointId, Last> last = new HashMap<>();

    LastReadings(long silenceMillis) {
        silenceNanos = silenceMillis * 1_000_000;
    }

    /** From now on these points are waited for. */
    synchronized void begin(List<PointId> points, long now) {
        points.forEach(point -> last.put(point, new Last(Reading.bad(point, Quality.Code.WAITING), now)));
    }

    synchronized void put(List<Reading> readings, long now) {
        readings.forEach(reading -> last.put(reading.point(), new Last(reading, now)));
    }

    synchronized Reading get(PointId point) {
        Last known = last.get(point);
        return known == null ? Reading.bad(point, Quality.Code.WAITING) : known.reading();
    }

    /** Readings that say so, for the points that have just been silent for too long. */
    synchronized List<Reading> silent(long now) {
        List<Reading> silent = new ArrayList<>();
        if (silenceNanos == 0) {
            return silent;
        }
        last.replaceAll((point, known) -> {
            if (now - known.nanos() < silenceNanos || known.reading().quality().code() == Quality.Code.TIMEOUT) {
                return known;
            }
            Reading timeout = Reading.bad(point, Quality.Code.TIMEOUT);
            silent.add(timeout);
            return new Last(timeout, known.nanos());
        });
        return silent;
    }
}
