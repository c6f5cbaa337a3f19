package io.fieldgate.api.gateway;

import org.osgi.annotation.versioning.ProviderType;

/** An observer at work. */
@ProviderType
public interface Observation extends AutoCloseable {

    /**
     * Ends the observation. A call to the observer that runs may still be running when this returns; no other follows. A
     * second call does nothing.
     */
    @Override
    void close();
}
