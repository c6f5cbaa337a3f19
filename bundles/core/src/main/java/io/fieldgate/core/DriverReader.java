package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from a driver and makes of whatever it does one reading per point. */
final class DriverReader {

    /**
     * What a driver said.
     *
     * @param readings one for each point that was asked for, in that order
     * @param problem what is wrong with the answer as a whole, if anything is
     */
    record Result(List<Reading> readings, Optional<Problem> problem) {}

    /**
     * What is wrong.
     *
     * @param text for people
     * @param cause an exception that the driver is not meant to throw, or null
     */
    record Problem(String text, Throwable cause) {}

    private DriverReader() {}

    /** Reads; throws nothing, whatever the driver throws, linkage errors of a bundle that is half gone included. */
    static Result read(Driver driver, List<PointId> points) {
        try {
            return match(points, driver.read(points));
        } catch (DriverException e) {
            return failed(points, code(e.reason()), new Problem(words(e), e.getCause()));
        } catch (Throwable e) {
            return failed(points, Code.DEVICE_FAILURE, new Problem("it threw " + e, e));
        }
    }

    /** What a driver says went wrong. */
    static String words(DriverException e) {
        return e.getMessage() == null ? e.reason().toString() : e.getMessage();
    }

    private static Result failed(List<PointId> points, Code code, Problem problem) {
        return new Result(points.stream().map(point -> Reading.bad(point, code)).toList(), Optional.of(problem));
    }

    private static Result match(List<PointId> points, List<Reading> given) {
        if (given == null) {
            return failed(points, Code.DEVICE_FAILURE, new Problem("it answered with null", null));
        }
        Map<PointId, Reading> byPoint = new HashMap<>();
        for (Reading reading : given) {
            // Null is no reading; it is counted as one that nobody asked for.
            if (reading != null) {
                byPoint.putIfAbsent(reading.point(), reading);
            }
        }
        List<Reading> readings = new ArrayList<>(points.size());
        int missing = 0;
        for (PointId point : points) {
            Reading reading = byPoint.get(point);
            if (reading == null) {
                missing++;
            }
            readings.add(reading == null ? Reading.bad(point, Code.DEVICE_FAILURE) : reading);
        }
        if (missing == 0 && given.size() == points.size()) {
            return new Result(readings, Optional.empty());
        }
        String text = "asked for " + points.size() + " points it gave " + given.size() + " readings, of which "
                + (points.size() - missing) + " were asked for";
        return new Result(readings, Optional.of(new Problem(text, null)));
    }

    private static Code code(DriverException.Reason reason) {
        return switch (reason) {
            case CONNECTION -> Code.DISCONNECTED;
            case TIMEOUT -> Code.TIMEOUT;
            case CONFIGURATION, NO_SUCH_POINT -> Code.CONFIGURATION;
            default -> Code.DEVICE_FAILURE;
        };
    }
}
