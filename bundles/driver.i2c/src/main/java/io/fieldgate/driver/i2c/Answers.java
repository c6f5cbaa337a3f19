package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.util.HashMap;
import java.util.Map;

/** What the points of one batch say. */
final class Answers {

    private final Map<PointId, Reading> readings = new HashMap<>();

    void put(DeviceId device, String point, Value value) {
        put(Reading.good(device.point(point), value));
    }

    void put(DeviceId device, String point, Value value, Quality quality) {
        put(Reading.of(device.point(point), value, quality));
    }

    void bad(DeviceId device, String point, Quality.Code code) {
        put(Reading.bad(device.point(point), code));
    }

    private void put(Reading reading) {
        readings.put(reading.point(), reading);
    }

    boolean has(PointId point) {
        return readings.containsKey(point);
    }

    /** What a point says; a point that nobody knows is badly configured. */
    Reading of(PointId point) {
        return readings.getOrDefault(point, Reading.bad(point, Quality.Code.CONFIGURATION));
    }
}
