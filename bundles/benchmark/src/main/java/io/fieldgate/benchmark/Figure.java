package io.fieldgate.benchmark;

import java.io.IOException;
import java.util.List;

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

    /**
     * Takes it once. Starts the server, and ends it.
     *
     * @param contender the server
     * @param settings how long
     * @return what was measured; the same quantities each time, and more than one value of a quantity if there are
     * @throws IOException if the server does not do what it should; the figure is then worth nothing
     */
    List<Reading> measure(Contender contender, Settings settings) throws IOException;
}
