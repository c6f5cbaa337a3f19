package io.fieldgate.api.handler;

import io.fieldgate.api.data.SampleBatch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gets the samples of the points it observes.
 *
 * <p><b>Threading.</b> Called from one thread at a time, in order of the samples. While a call runs what comes in is kept, in
 * the way that the observation's mode says.
 */
@ConsumerType
@FunctionalInterface
public interface PointObserver {

    /**
     * New samples are there.
     *
     * @param batch the samples; the first batch of an observation is a snapshot, or continues where the observer left off
     */
    void observed(SampleBatch batch);
}
