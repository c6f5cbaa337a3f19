package io.fieldgate.api.driver;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of field hardware, published as an OSGi service with {@link DriverId}.
 *
 * <p><b>Life.</b>
 *
 * <ol>
 *   <li>The service comes. The gateway calls {@link #start} once.
 *   <li>It calls {@link #devices} and shows what it got. When the driver says {@link DriverContext#devicesChanged} it asks
 *       again.
 *   <li>It calls {@link #read} for the points that have a poll period, and {@link #write} when a client asks. The driver
 *       pushes samples through its {@link DriverContext} whenever it likes; both at once is fine.
 *   <li>The service goes. Its points turn BAD ({@code disconnected}) at once; {@link #stop} is called once, after the call
 *       in flight if that ends within 2 s.
 * </ol>
 *
 * <p><b>Threading.</b> The gateway calls one driver from one thread at a time, on a lane of its own: a bus that takes one
 * caller needs no lock, and a bus that hangs holds up nobody else. A call that does not return within the lane's time-out
 * (10 s unless configured) turns its points BAD ({@code timeout}); calls that queue behind it are refused until it returns.
 * A call may still be running when the component is deactivated; its result is then thrown away.
 *
 * <p><b>Rank.</b> Of two services with one id, or two that show one device, the one of the higher service ranking serves it.
 */
@ConsumerType
public interface Driver {

    /**
     * Starts the work: open the bus, start listening.
     *
     * @param context where the driver pushes what it has to say; it works until {@link #stop} is called
     * @throws DriverException if the hardware cannot be used now; the gateway tries again after 5 s, then after ever longer
     *     pauses of up to 60 s
     */
    void start(DriverContext context) throws DriverException;

    /**
     * Lists the devices that are there now, with their points.
     *
     * @return the devices; the driver segment of each id is the driver's own id
     * @throws DriverException if they cannot be found out; the last known list stays
     */
    List<DeviceInfo> devices() throws DriverException;

    /**
     * Reads points from the hardware, not from a cache, and returns when the device has answered or its time is up.
     *
     * @param points points of this driver, at least one, none twice
     * @return one reading per point, in the order asked; a point that failed has quality BAD and says why
     * @throws DriverException if no point at all can be read now; all of them then turn BAD
     */
    List<Reading> read(List<PointId> points) throws DriverException;

    /**
     * Writes a point, and returns when the device has confirmed it or its time is up.
     *
     * @param point a writable point of this driver
     * @param value the value; its type is the one that the point declares and it lies within the point's range, the gateway
     *     has checked both
     * @return what the point says now
     * @throws DriverException if the value was not taken
     */
    default Reading write(PointId point, Value value) throws DriverException {
        throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
    }

    /** Ends the work: close the bus, release what was opened. Nothing else is called afterwards. */
    default void stop() {}
}
