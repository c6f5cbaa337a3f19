package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.DriverException;
import java.time.Instant;
import java.util.List;

/**
 * The GPIO chips of this machine. Levels are those of the wire: that a line is active low is known above.
 *
 * <p><b>Threading.</b> Called from many threads.
 */
interface Lines {

    /** A chip that is there: its name {@code gpiochipN}, its label, and its lines by number. */
    record Chip(String name, String label, List<State> lines) {

        /** Its lines by number. */
        public Chip {
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return label.isEmpty() || label.equals(name) ? name : name + " (" + label + ')';
        }
    }

    /** A line as the kernel describes it; name and consumer are empty if it has none. */
    record State(int number, String name, boolean used, boolean output, String consumer) {}

    /** How an input is asked for. */
    record Wanted(Pull pull, Edge edge) {}

    /** The resistor at an input; NONE leaves what is there. */
    enum Pull {
        NONE,
        UP,
        DOWN
    }

    /** Which edges are told. */
    enum Edge {
        BOTH,
        RISING,
        FALLING;

        /** The same edges of an inverted signal. */
        Edge inverted() {
            return switch (this) {
                case BOTH -> BOTH;
                case RISING -> FALLING;
                case FALLING -> RISING;
            };
        }
    }

    /** Who is told of edges, on a thread of the chips; returns soon and throws nothing. */
    interface Listener {

        /** The level after an edge, and when it was. */
        void edge(boolean level, Instant time);
    }

    /** A line that is held by this process until it is closed. */
    interface Line extends AutoCloseable {

        /** The level of the wire, now. */
        boolean level() throws DriverException;

        /** Sets the level of an output. */
        void level(boolean level) throws DriverException;

        /** Gives the line back; when this returns its listener is not called any more. A second call does nothing. */
        @Override
        void close();
    }

    /**
     * Lists the chips, by number.
     *
     * @throws DriverException if there is none, or none can be opened; the message says what to do
     */
    List<Chip> chips() throws DriverException;

    /** Tells at little cost whether a chip seems to be there. */
    boolean present(String chip);

    /** Takes a line as input; the listener may be called before this returns. */
    Line input(Chip chip, int number, Wanted wanted, Listener listener) throws DriverException;

    /** Takes a line as output and sets it in the same moment. */
    Line output(Chip chip, int number, boolean level) throws DriverException;
}
