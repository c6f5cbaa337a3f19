package io.fieldgate.shell;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A table of points that is redrawn in place, on the terminal's second screen (ECMA-48, and xterm's private modes). When it is closed
 * the terminal is as it was before. Not safe for many threads.
 */
final class WatchView implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    /** What is assumed if the terminal has gone meanwhile. */
    private static final int ROWS = 24;

    private static final int COLUMNS = 80;

    /** Title, heading and the line at the end. */
    private static final int FRAME = 3;

    private final Screen screen;
    private final String title;
    private final ZoneId zone;

    /** Takes over the terminal. */
    WatchView(Screen screen, String title, ZoneId zone) {
        this.screen = screen;
        this.title = title;
        this.zone = zone;
        screen.live(true);
        show(ENTER);
    }

    /**
     * Draws what fits.
     *
     * @param points where units are known
     * @param samples what each point says, in order
     * @param last sequence number of the newest sample that was drawn before; 0 if none was
     * @param now what ages are counted from
     */
    void draw(Points points, List<Sample> samples, long last, Instant now) {
        int columns = screen.columns() > 0 ? screen.columns() : COLUMNS;
        int rows = Math.max(FRAME + 1, screen.rows() > 0 ? screen.rows() : ROWS);
        int shown = Math.min(samples.size(), rows - FRAME);
        Table table = Table.of(" ", "POINT", "VALUE", "UNIT", "QUALITY", "AGE").naming(0, 1, 2, 5);
        for (Sample sample : samples.subList(0, shown)) {
            table.row(
                    last > 0 && sample.sequence() > last ? "*" : " ",
                    sample.point(),
                    sample.value().map(ValueText::brief).orElse("-"),
                    PointTable.unit(points, sample),
                    sample.quality(),
                    Age.between(sample.receivedAt(), now));
        }
        StringBuilder text = new StringBuilder(HOME);
        line(text, header(samples.size(), now), columns).append("\r\n");
        for (String line : table.lines(columns - 1)) {
            line(text, line, columns).append("\r\n");
        }
        int hidden = samples.size() - shown;
        line(text, hidden == 0 ? "" : hidden + " more do not fit: name fewer, or make the window higher", columns);
        show(text.append(REST_OF_SCREEN).toString());
    }

    private String header(int count, Instant now) {
        LocalTime time = LocalTime.ofInstant(now, zone).truncatedTo(ChronoUnit.SECONDS);
        return String.format("%tT  %d points  %s  (Ctrl-C ends)", time, count, Table.printable(title));
    }

    /** Not to the very last column: some terminals go on to the next line there. */
    private static StringBuilder line(StringBuilder text, String line, int columns) {
        return text.append(Width.cut(line, Math.max(1, columns - 1))).append(REST_OF_LINE);
    }

    private void show(String text) {
        PrintStream out = screen.out();
        out.print(text);
        out.flush();
    }

    /** Gives the terminal back. */
    @Override
    public void close() {
        show(LEAVE);
        screen.live(false);
    }
}
