package io.fieldgate.api.stream;

import io.fieldgate.api.driver.DriverException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A line of octets that a driver holds, open to one other user at a time: a service with the property {@link
 * io.fieldgate.api.driver.DriverId#NAME}, which is the line's id too.
 *
 * <p>The driver goes on with its own work: what comes in goes to it and to the observer, what is sent comes between what it
 * sends itself, never within it. A user who wants the line alone disables the driver's requests.
 *
 * <p><b>Threading.</b> Called from many threads.
 */
@ConsumerType
public interface ByteLine {

    /**
     * Opens the line. The connection ends by {@link LineConnection#close}, or with the driver's service; while the hardware
     * is away it stays, and hears nothing.
     *
     * @param observer who is told what comes in, from now on
     * @return the connection
     * @throws DriverException with {@link DriverException.Reason#DEVICE} if somebody else has it open, with {@link
     *     DriverException.Reason#CONNECTION} if the driver has ended
     */
    LineConnection open(LineObserver observer) throws DriverException;
}
