package io.fieldgate.launcher;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line of a terminal that is written again and again: name, bar, percent, bytes, rate and the time that is left. In ASCII alone. */
final class ProgressBar implements Progress {

    private static final long REDRAW_NS = Duration.ofMillis(200).toNanos();
    private static final int NAME_MAX = 30;

    /** As many as the numbers take in a rare case, so that the bar does not change its length while it grows. */
    private static final int FACTS_MAX = "100%  99.9 MB  99.9 MB/s  ETA 0:59:59".length();

    private static final int BAR_MIN = 5;
    private static final int BAR_MAX = 40;
    private static final long LEFT_MAX_S = Duration.ofHours(100).toSeconds();
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private final PrintWriter out;
    private final int columns;
    private final LongSupplier clock;
    private String name = "";
    private long begun;
    private long drawn;
    private long done;
    private long total = -1;
    private int width;

    /**
     * Makes a bar.
     *
     * @param out the terminal
     * @param columns its width, 1 or more
     */
    ProgressBar(PrintWriter out, int columns) {
        this(out, columns, System::nanoTime);
    }

    ProgressBar(PrintWriter out, int columns, LongSupplier clock) {
        this.out = out;
        this.columns = columns;
        this.clock = clock;
    }

    @Override
    public void begin(String newName) {
        name = newName.replaceAll("[^ -~]", "?");
        begun = clock.getAsLong();
        done = 0;
        total = -1;
        width = 0;
        draw();
    }

    @Override
    public void at(long nowDone, long nowTotal) {
        done = nowDone;
        total = nowTotal;
        if (clock.getAsLong() - drawn >= REDRAW_NS) {
            draw();
        }
    }

    @Override
    public void end() {
        draw();
        out.println();
        out.flush();
    }

    private void draw() {
        drawn = clock.getAsLong();
        String line = line();
        out.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    /** Not to the very last column: some terminals go on to the next line there. */
    private String line() {
        double seconds = Math.max(drawn - begun, 1) / 1e9;
        long rate = Math.round(done / seconds);
        StringBuilder facts = new StringBuilder();
        if (total >= 0) {
            long percent = total == 0 ? 100 : Math.min(100, done * 100 / total);
            facts.append(String.format(Locale.ROOT, "%3d%%  ", percent));
        }
        facts.append(bytes(done));
        if (seconds >= 1) {
            facts.append("  ").append(bytes(rate)).append("/s");
        }
        if (seconds >= 1 && total > done && rate > 0) {
            facts.append("  ETA ").append(left((total - done) / rate));
        }
        String shown = name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX - 2) + "..";
        int free = columns - 1 - shown.length() - FACTS_MAX - "  []  ".length();
        String bar = total > 0 && free >= BAR_MIN ? bar(Math.min(free, BAR_MAX)) : "";
        String line = shown + "  " + bar + facts;
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }

    private String bar(int length) {
        int full = (int) Math.min(length, length * done / total);
        return '[' + "#".repeat(full) + ".".repeat(length - full) + "]  ";
    }

    /** A number of bytes in the unit that leaves one to three digits before the point. */
    static String bytes(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= 999.5 && unit < UNITS.length - 1) {
            number /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || number >= 99.95 ? "%.0f %s" : "%.1f %s", number, UNITS[unit]);
    }

    private static String left(long seconds) {
        if (seconds >= LEFT_MAX_S) {
            return "--:--";
        }
        Duration time = Duration.ofSeconds(seconds);
        return time.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
