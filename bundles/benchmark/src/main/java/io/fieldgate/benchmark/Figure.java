package io.fieldgate.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that is measured. It keeps nothing from one measurement to the next. */
interface Figure {

    /** What it is called in options and reports. */
    String name();

    /** One line that says what is done. */
    String description();

    /** Whether it can be taken of a server; unless overridden of any. */
    default boolean fits(Contender contender) {
        return true;
    }

    /** Whether it is taken only if it is named, and then once. */
    default boolean isCampaign() {
        return false;
    }

    /** How long it takes of one server once; unless overridden a start, a warm-up and a measurement. */
    default Duration estimate(Settings settings) {
        return settings.warmUp().plus(settings.seconds()).plusSeconds(1);
    }

    /** One line that says what of it cannot be had on this machine, and why. */
    default Optional<String> note(Settings settings) {
        return Optional.empty();
    }

    /**
     * Takes it once. Starts the server, and ends it.
     *
     * @param contender the server
     * @param settings how long, as {@link Settings#of} says it for this server
     * @return what was measured; the same quantities each time, and more than one value of a quantity if there are
     * @throws IOException if the server does not do what it should; the figure is then worth nothing
     */
    List<Reading> measure(Contender contender, Settings settings) throws IOException;
}
