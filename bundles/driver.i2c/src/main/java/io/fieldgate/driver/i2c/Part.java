package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.List;
import java.util.Set;

/** A kind of part, and how one is used. Called from one thread at a time. */
interface Part {

    /** What it is, for people. */
    String description();

    /** Its points, of a device. */
    List<PointInfo> points(DeviceId device);

    /** Makes it ready, when it is first there and whenever it has come back. */
    void begin(Target target) throws BusException;

    /**
     * Reads points.
     *
     * @param names which, none that can only be written
     * @param answers where to put what they say; what is missing when this throws is BAD
     * @throws BusException if the part cannot be read; of kind RESET if it must begin again
     */
    void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException;

    /**
     * Writes a point.
     *
     * @return what it says now
     */
    default Value write(Target target, String name, Value value) throws BusException, DriverException {
        throw new DriverException(DriverException.Reason.READ_ONLY, name + " can only be read");
    }

    /** Leaves it as it should be while nobody watches. */
    default void end(Target target) throws BusException {}
}
