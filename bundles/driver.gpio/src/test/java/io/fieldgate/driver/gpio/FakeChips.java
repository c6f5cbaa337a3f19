package io.fieldgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Chips that are not there: eight lines each, called by letters, whose levels a test sets and sees. */
final class FakeChips implements Chips {

    private static final int LINES = 8;

    final Map<Integer, Boolean> levels = new ConcurrentHashMap<>();
    final Map<Integer, String> holders = new ConcurrentHashMap<>();
    final List<String> said = new ArrayList<>();

    // Guarded by this.
    private final Map<Integer, Edges> watching = new TreeMap<>();
    private int open;
    private boolean gone;
    private Name name = new Name("gpiochip0", "board");

    @Override
    public synchronized List<Name> names() throws IOException {
        return gone ? List.of() : List.of(name, new Name("gpiochip1", "empty"));
    }

    @Override
    public synchronized Chip open(String wanted) throws IOException {
        if (gone) {
            throw new IOException("gone");
        }
        open++;
        return new FakeChip(wanted.equals(name.name()) ? name : new Name("gpiochip1", "empty"));
    }

    /** What of lines and chips has not been closed. */
    synchronized int open() {
        return open;
    }

    synchronized void pull() {
        gone = true;
        List.copyOf(watching.values()).forEach(Edges::lost);
    }

    synchronized void putBack(String as) {
        gone = false;
        name = new Name(as, "board");
    }

    /** Changes what an input sees. */
    void set(int line, boolean active, long nanos) {
        Edges edges;
        synchronized (this) {
            levels.put(line, active);
            edges = watching.get(line);
        }
        if (edges != null) {
            edges.changed(active, nanos);
        }
    }

    private synchronized void say(String what) {
        said.add(what);
    }

    private final class FakeChip implements Chip {

        private final Name chip;

        FakeChip(Name chip) {
            this.chip = chip;
        }

        @Override
        public Name name() {
            return chip;
        }

        @Override
        public List<LineInfo> lines() {
            List<LineInfo> lines = new ArrayList<>();
            for (int i = 0; i < (chip.label().equals("empty") ? 0 : LINES); i++) {
                lines.add(new LineInfo(i, "" + (char) ('A' + i), holders.getOrDefault(i, ""), false));
            }
            return lines;
        }

        @Override
        public Line input(int number, boolean activeLow, Pull pull, Edges edges) throws IOException {
            Line line = taken(number);
            synchronized (FakeChips.this) {
                watching.put(number, edges);
            }
            say(number + " in " + pull + (activeLow ? " active-low" : ""));
            return line;
        }

        @Override
        public Line output(int number, boolean high) throws IOException {
            Line line = taken(number);
            line.set(high);
            return line;
        }

        private Line taken(int number) throws IOException {
            synchronized (FakeChips.this) {
                if (gone) {
                    throw new IOException("gone");
                }
                if (holders.containsKey(number)) {
                    throw new IOException("line " + number + " is held by \"" + holders.get(number) + '"');
                }
                holders.put(number, "fieldgate");
                open++;
                return new FakeLine(number);
            }
        }

        @Override
        public void close() {
            synchronized (FakeChips.this) {
                open--;
            }
        }
    }

    private final class FakeLine implements Line {

        private final int number;

        FakeLine(int number) {
            this.number = number;
        }

        @Override
        public boolean get() throws IOException {
            there();
            return levels.getOrDefault(number, false);
        }

        @Override
        public void set(boolean high) throws IOException {
            there();
            levels.put(number, high);
            say(number + (high ? " high" : " low"));
        }

        private void there() throws IOException {
            synchronized (FakeChips.this) {
                if (gone) {
                    throw new IOException("gone");
                }
            }
        }

        @Override
        public void close() {
            synchronized (FakeChips.this) {
                open--;
                watching.remove(number);
                holders.remove(number);
            }
        }
    }
}
