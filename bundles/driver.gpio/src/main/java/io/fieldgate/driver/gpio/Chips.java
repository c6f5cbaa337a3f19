package io.fieldgate.driver.gpio;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The GPIO chips of a machine. Safe for use by many threads. */
interface Chips {

    /**
     * The chips that are there now.
     *
     * @return name as in {@code /dev} and label, by number; maybe none
     * @throws IOException if one may not be opened; the message says what to change
     */
    List<Name> names() throws IOException;

    /** Opens a chip by its name, such as {@code gpiochip0}. */
    Chip open(String name) throws IOException;

    /**
     * How a chip is called.
     *
     * @param name as in {@code /dev}; it may be another after the next start of the machine
     * @param label what its driver in the kernel calls it
     */
    record Name(String name, String label) {

        /** Whether a configuration that says this means the chip; an empty one means any. */
        boolean isMeantBy(String text) {
            return text.isEmpty() || text.equals(name) || text.equals(label);
        }

        @Override
        public String toString() {
            return label.isEmpty() ? name : name + " (" + label + ')';
        }
    }

    /**
     * A line as the kernel sees it.
     *
     * @param number 0 and above
     * @param name what the board's description calls it, maybe empty
     * @param holder who has it, as it calls itself; empty if nobody has
     * @param output whether it is an output now
     */
    record LineInfo(int number, String name, String holder, boolean output) {

        @Override
        public String toString() {
            return name.isEmpty() ? "line " + number : "line " + number + " (" + name + ')';
        }
    }

    /** An open chip. */
    interface Chip extends Closeable {

        Name name();

        /** All its lines, as they are now. */
        List<LineInfo> lines() throws IOException;

        /**
         * Takes a line as an input.
         *
         * @param activeLow whether low is true
         * @param edges is told of each edge until the line is closed, on the thread of all edges
         * @throws IOException if it cannot be taken: held by somebody, or the chip has no such pull
         */
        Line input(int number, boolean activeLow, Pull pull, Edges edges) throws IOException;

        /** Takes a line as an output, which is at the level at once. */
        Line output(int number, boolean high) throws IOException;

        @Override
        void close();
    }

    /** A line that is held, until it is closed. */
    interface Line extends Closeable {

        boolean get() throws IOException;

        void set(boolean high) throws IOException;

        @Override
        void close();
    }

    /** What an input is told. */
    interface Edges {

        /**
         * The line has changed.
         *
         * @param active whether it is true now
         * @param nanos when, by {@link System#nanoTime}
         */
        void changed(boolean active, long nanos);

        /** The line may have gone with its chip: nothing more is told of it. */
        void lost();
    }

    /** What holds an open input. */
    enum Pull {
        /** Whatever the board has set. */
        AS_IS,
        /** Nothing. */
        NONE,
        /** A resistor to the supply. */
        UP,
        /** A resistor to ground. */
        DOWN
    }
}
