package io.fieldgate.api.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A file of {@code etc/} at one moment. */
@ProviderType
public interface ConfigurationFile {

    /** How it is. More may follow: a switch over them needs a default. */
    enum State {
        /** Its values are in force. */
        APPLIED,
        /** Its values are in force until {@link #revertsAt()}, unless they are confirmed. */
        UNCONFIRMED,
        /** No bundle that is there knows what it configures. */
        WAITING,
        /** It could not be applied; what was in force before still is. */
        REFUSED
    }

    /**
     * The file.
     *
     * @return its name within {@code etc/}
     */
    String name();

    /**
     * How it is.
     *
     * @return the state
     */
    State state();

    /**
     * Why it could not be applied.
     *
     * @return a line each; empty unless it was refused
     */
    List<String> problems();

    /**
     * When it is taken back.
     *
     * @return the time by the gateway's clock, or empty unless it waits to be confirmed
     */
    Optional<Instant> revertsAt();
}
