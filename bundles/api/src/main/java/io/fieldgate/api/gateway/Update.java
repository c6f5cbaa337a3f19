package io.fieldgate.api.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One update of one or several bundles, all or none: {@link State#STAGED}, {@link State#VERIFIED}, {@link State#ACTIVATING},
 * {@link State#PROBATION}, then {@link State#COMMITTED} or {@link State#ROLLED_BACK}. One that ended in an earlier run of the
 * gateway, or was put back because the gateway ended during it, is in its last state.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface Update {

    /** How far an update is. More may follow: a switch over them needs a default. */
    enum State {
        /** Its jars are on the disk; it waits for its turn. */
        STAGED,
        /** It has passed all checks; nothing has been touched. */
        VERIFIED,
        /** The bundles before are being stopped and the new ones started. */
        ACTIVATING,
        /** The new ones run and are looked at. */
        PROBATION,
        /** The new ones are what runs from now on. The end. */
        COMMITTED,
        /** What ran before runs again, for the reason given. The end. */
        ROLLED_BACK,
        /** Nothing was touched, for the reason given. The end. */
        REFUSED;

        /**
         * Tells whether nothing more will happen.
         *
         * @return true if this is an end
         */
        public boolean isEnd() {
            return this == COMMITTED || this == ROLLED_BACK || this == REFUSED;
        }
    }

    /** A bundle of an update. */
    @ProviderType
    interface Part {

        /**
         * Its name.
         *
         * @return the symbolic name
         */
        String symbolicName();

        /**
         * What ran before.
         *
         * @return the version, or empty if nothing of that name did
         */
        Optional<String> from();

        /**
         * What is to run.
         *
         * @return the version, or empty if nothing of that name is to run
         */
        Optional<String> to();

        /**
         * Who has signed the jar.
         *
         * @return the subject of the certificate (RFC 2253), or empty if it was not signed or was shipped
         */
        Optional<String> signer();
    }

    /**
     * Its number.
     *
     * @return 1 or more; a later update has a higher one, also after a restart, but one that never had its turn before a restart may share its
     *     number with a later one
     */
    long id();

    /**
     * Its bundles.
     *
     * @return at least one, by symbolic name
     */
    List<Part> parts();

    /**
     * How far it is.
     *
     * @return the state now
     */
    State state();

    /**
     * Why it was rolled back or refused.
     *
     * @return one line for a person, or empty before, or if it was committed
     */
    Optional<String> reason();

    /**
     * Who asked for it.
     *
     * @return a name; {@code deploy/FILE} if it was a file in that folder
     */
    String by();

    /**
     * When it was asked for.
     *
     * @return the time by the gateway's clock
     */
    Instant since();

    /**
     * When it came to its state.
     *
     * @return the time by the gateway's clock
     */
    Instant changed();

    /**
     * Tells of each state: at once of those that it has been in since it was asked for, then of the others as they come, in order.
     *
     * @param listener is called on this thread and then on the installer's, and must not block; what it throws is logged
     */
    void onState(Consumer<State> listener);

    /**
     * Waits for the end.
     *
     * @param limit how long at most
     * @return the state then; an end, unless time was up
     * @throws InterruptedException if this thread is interrupted
     */
    State await(Duration limit) throws InterruptedException;
}
