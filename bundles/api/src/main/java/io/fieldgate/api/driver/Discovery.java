package io.fieldgate.api.driver;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds hardware that a driver bundle could serve, configured or not. A service; {@code fg:discover} asks each of them.
 *
 * <p>A search must not disturb what runs: what would change an output, reset a device or take a line that somebody holds is
 * left out, and said so in the description.
 *
 * <p><b>Threading.</b> Called from many threads; a call that takes longer than 10 s is given up, its thread interrupted.
 */
@ConsumerType
public interface Discovery {

    /**
     * Says what this looks for.
     *
     * @return one word, such as {@code gpio}, {@code i2c} or {@code serial}
     */
    String kind();

    /**
     * Looks for hardware.
     *
     * @return what is there, in a stable order; maybe nothing
     * @throws DriverException if it cannot be looked for, such as for want of a permission; the message says what to change
     */
    List<Finding> find() throws DriverException;
}
