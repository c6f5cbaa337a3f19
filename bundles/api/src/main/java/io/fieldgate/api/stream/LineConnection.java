package io.fieldgate.api.stream;

import io.fieldgate.api.driver.DriverException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link ByteLine} that is open.
 *
 * <p><b>Threading.</b> Called from many threads; what one call sends stays together.
 */
@ConsumerType
public interface LineConnection extends AutoCloseable {

    /**
     * Sends octets, and returns when the machine has taken them for sending, at the latest after 2 s.
     *
     * @param octets what to send; not changed, not kept
     * @throws DriverException with {@link DriverException.Reason#CONNECTION} if the hardware is away or the connection has
     *     ended, with {@link DriverException.Reason#TIMEOUT} if the line does not take them
     */
    void send(byte[] octets) throws DriverException;

    /** Ends the connection; the line is free for the next one. May be called more than once. */
    @Override
    void close();
}
