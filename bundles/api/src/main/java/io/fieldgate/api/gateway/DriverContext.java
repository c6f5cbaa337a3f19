package io.fieldgate.api.gateway;

import io.fieldgate.api.data.Reading;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a driver says what it has to say.
 *
 * <p><b>Threading.</b> Safe for use by many threads; no method waits. When the driver has been stopped nothing happens any
 * more.
 */
@ProviderType
public interface DriverContext {

    /**
     * Pushes what the hardware says.
     *
     * @param readings readings of points of this driver, in order; one of a point that no device has is dropped and logged
     *     once
     */
    void publish(List<Reading> readings);

    /** Says that devices or points have come, gone or changed: the gateway asks for them again soon. */
    void devicesChanged();

    /**
     * Says how the driver is, for {@code fg:devices} and the log.
     *
     * @param connected whether the hardware can be reached; if not, all points of the driver turn BAD
     *     with the code DISCONNECTED until they are read again
     * @param detail one line for a person, maybe empty
     */
    void status(boolean connected, String detail);
}
