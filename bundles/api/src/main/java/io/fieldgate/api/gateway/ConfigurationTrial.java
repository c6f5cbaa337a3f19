package io.fieldgate.api.gateway;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A device's configuration that is in force for a moment, beside all others, to see whether it is good. It is kept nowhere: when the
 * trial is closed, or the gateway ends, it is gone.
 *
 * <p><b>Threading.</b> For use by one thread.
 */
@ProviderType
public interface ConfigurationTrial extends AutoCloseable {

    /** Begins the name of the instance, after the {@code ~} of its {@code service.pid}, and the id of its driver. */
    String MARK = "trial-";

    /**
     * Names the driver that the file configures, for the time of the trial.
     *
     * @return the driver's id: {@link #MARK} and what the file says, so that it takes the place of no other
     */
    String driver();

    /**
     * Says whether the component has refused the configuration.
     *
     * @return why, one line, or empty if it has not, or not yet
     */
    Optional<String> failure();

    /** Ends the trial: the configuration and its driver go, and the driver's points are forgotten at once. Not needed twice. */
    @Override
    void close();
}
