package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What is known of one kind of part. Used by one thread at a time; what it remembers is of what is at the address now. */
interface Part {

    /** What it measures and switches, one device. */
    List<PointInfo> points();

    /** Sets the part up, when it is first reached and when it has been away. */
    default void begin(Bus.Target target) throws IOException {}

    /**
     * Reads.
     *
     * @param wanted points of this part
     * @return at least what is wanted; a point that is not there could not be measured
     */
    Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException;

    /** Writes one of its points; only asked for those that can be written. */
    default void write(Bus.Target target, PointId point, Value value) throws IOException, DriverException {
        throw new IllegalStateException(point + " cannot be written");
    }

    /** Leaves the part as it is to be without the gateway. */
    default void end(Bus.Target target) throws IOException {}
}
