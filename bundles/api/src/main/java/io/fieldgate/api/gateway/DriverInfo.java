package io.fieldgate.api.gateway;

import org.osgi.annotation.versioning.ProviderType;

/** A driver at one moment. */
@ProviderType
public interface DriverInfo {

    /** How a driver is. More may follow: a switch over them needs a default. */
    enum State {
        /** It has been asked to start and has not answered yet. */
        STARTING,
        /** It works. */
        RUNNING,
        /** It says that it has lost its hardware, or its start failed and is tried again. */
        DISCONNECTED,
        /** A call has not returned within its time. */
        HUNG,
        /** Another driver of the same id serves: one of a higher rank, or of the same and there earlier. */
        SHADOWED
    }

    /**
     * The driver's id.
     *
     * @return the first segment of the ids of its points
     */
    String id();

    /**
     * The bundle that registered it.
     *
     * @return symbolic name and version, parted by a blank
     */
    String bundle();

    /**
     * How it is.
     *
     * @return the state
     */
    State state();

    /**
     * Why it is so; of a driver that runs, what was wrong with its last read if anything was.
     *
     * @return one line for a person, maybe empty
     */
    String detail();

    /**
     * The points that its devices have.
     *
     * @return their number
     */
    int points();
}
