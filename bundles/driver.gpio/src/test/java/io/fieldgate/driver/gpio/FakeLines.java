package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chip that is not there: eight lines of which line 3 is named RELAY, as the kernel's simulator in the emulated machine. */
final class FakeLines implements Lines {

    static final String CHIP = "gpiochip0";

    // All guarded by this.
    private final boolean[] levels = new boolean[8];
    private final Map<Integer, Held> held = new TreeMap<>();
    private final Map<Integer, String> busy = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean there = true;

    /** A line that the driver has. */
    private final class Held implements Line {

        private final int number;
        private final Wanted wanted;
        private final Listener listener;

        private Held(int number, Wanted wanted, Listener listener) {
            this.number = number;
            this.wanted = wanted;
            this.listener = listener;
        }

        @Override
        public boolean level() throws DriverException {
            synchronized (FakeLines.this) {
                check();
                return levels[number];
            }
        }

        @Override
        public void level(boolean level) throws DriverException {
            synchronized (FakeLines.this) {
                check();
                levels[number] = level;
                log.add(number + "=" + level);
            }
        }

        private void check() throws DriverException {
            if (!there || held.get(number) != this) {
                throw new DriverException(Reason.CONNECTION, "line " + number + " does not answer");
            }
        }

        @Override
        public void close() {
            synchronized (FakeLines.this) {
                if (held.remove(number, this)) {
                    log.add(number + " released");
                }
            }
        }
    }

    @Override
    public synchronized List<Chip> chips() throws DriverException {
        if (!there) {
            throw new DriverException(Reason.CONNECTION, "there is no /dev/gpiochip*");
        }
        List<State> lines = new ArrayList<>();
        for (int number = 0; number < levels.length; number++) {
            boolean used = held.containsKey(number) || busy.containsKey(number);
            String consumer = held.containsKey(number) ? "diozero" : busy.getOrDefault(number, "");
            lines.add(new State(number, number == 3 ? "RELAY" : "", used, false, consumer));
        }
        return List.of(new Chip(CHIP, "fieldgate", lines));
    }

    @Override
    public synchronized boolean present(String chip) {
        return there && chip.equals(CHIP);
    }

    @Override
    public synchronized Line input(Chip chip, int number, Wanted wanted, Listener listener) throws DriverException {
        return taken(new Held(number, wanted, listener));
    }

    @Override
    public synchronized Line output(Chip chip, int number, boolean level) throws DriverException {
        Line line = taken(new Held(number, null, null));
        levels[number] = level;
        log.add(number + "=" + level);
        return line;
    }

    private Line taken(Held line) throws DriverException {
        if (!there || busy.containsKey(line.number) || held.putIfAbsent(line.number, line) != null) {
            throw new DriverException(Reason.CONNECTION, "line " + line.number + " cannot be taken");
        }
        return line;
    }

    /** How many lines are held. */
    synchronized int open() {
        return held.size();
    }

    /** What was done with the outputs. */
    synchronized List<String> log() {
        return List.copyOf(log);
    }

    synchronized boolean level(int number) {
        return levels[number];
    }

    /** How an input was asked for. */
    synchronized Wanted wanted(int number) {
        return held.get(number).wanted;
    }

    /** The world changes a line. */
    void set(int number, boolean level, Instant time) {
        Listener listener;
        synchronized (this) {
            if (levels[number] == level) {
                return;
            }
            levels[number] = level;
            Held line = held.get(number);
            listener = line == null ? null : line.listener;
            if (listener == null || line.wanted.edge() == (level ? Edge.FALLING : Edge.RISING)) {
                return;
            }
        }
        listener.edge(level, time);
    }

    /** Somebody else takes a line. */
    synchronized FakeLines busy(int number, String consumer) {
        busy.put(number, consumer);
        return this;
    }

    synchronized void free(int number) {
        busy.remove(number);
    }

    /** The chip is pulled. */
    synchronized void unplug() {
        there = false;
    }

    synchronized void plug() {
        there = true;
    }
}
