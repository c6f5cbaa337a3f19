package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.ArrayList;
import java.util.List;

/**
 * One configured line, with its points. It is held or not; while it is not, its points cannot be read.
 *
 * <p><b>Threading.</b> {@link #open}, {@link #close} and {@link #check} are called by one thread at a time, reads and writes by
 * another.
 */
interface Channel {

    LineSettings settings();

    /** Takes the line. */
    void open(Lines.Chip chip, int number) throws DriverException;

    /** Whether the line is held. */
    boolean held();

    /** The name of the chip whose line is held. */
    String chip();

    /** Asks the line for its level; fails if it has gone. */
    void check() throws DriverException;

    /** What a point of this line says now. */
    Reading read(PointId point) throws DriverException;

    /** Sets the line. */
    Reading write(PointId point, Value value) throws DriverException;

    /** All points as they are now. */
    default List<Reading> readAll() throws DriverException {
        List<Reading> readings = new ArrayList<>();
        for (PointInfo point : settings().points()) {
            readings.add(read(point.id()));
        }
        return readings;
    }

    /** Gives the line back without setting it: it has gone. */
    void drop();

    /** Sets the line as configured and gives it back. */
    void close();
}
