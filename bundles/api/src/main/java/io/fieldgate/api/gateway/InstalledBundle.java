package io.fieldgate.api.gateway;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A bundle at one moment. */
@ProviderType
public interface InstalledBundle {

    /** Where a bundle comes from. More may follow: a switch over them needs a default. */
    enum Origin {
        /** It is part of the distribution. */
        SHIPPED,
        /** It lies in {@code deploy/}. */
        DEPLOYED,
        /** It came by an update. */
        UPDATED
    }

    /** How a bundle is. More may follow: a switch over them needs a default. */
    enum State {
        /** Something that it imports is missing. */
        UNRESOLVED,
        /** It could run but was stopped, or is a fragment, which never runs by itself. */
        STOPPED,
        /** Its start has begun and not ended. */
        STARTING,
        /** It runs. */
        RUNNING,
        /** Its stop has begun and not ended. */
        STOPPING,
        /** It was stopped because another bundle of the same name takes its place. */
        REPLACED,
        /** It runs, and is looked at before it can stay. */
        PROBATION
    }

    /**
     * The framework's number for it.
     *
     * @return a number of 1 or more; a replacement has a new one
     */
    long id();

    /**
     * Its name.
     *
     * @return the symbolic name
     */
    String symbolicName();

    /**
     * Its version.
     *
     * @return the version, for example {@code 1.2.0}
     */
    String version();

    /**
     * Where it comes from.
     *
     * @return the origin
     */
    Origin origin();

    /**
     * How it is.
     *
     * @return the state
     */
    State state();

    /**
     * The file in {@code deploy/} that it was taken from.
     *
     * @return the file's name, or empty if it was shipped or the file does not hold it any more
     */
    Optional<String> file();
}
