package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter text = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    @Test
    void showsNameBarPercentBytesRateAndTimeLeft() {
        ProgressBar bar = bar(80);
        bar.begin("pump-1.1.0.jar");
        pass(SECOND / 10);
        bar.at(100_000, 3_000_000);
        pass(2 * SECOND - SECOND / 10);
        bar.at(750_000, 3_000_000);
        pass(6 * SECOND);
        bar.at(3_000_000, 3_000_000);
        bar.end();

        String[] drawn = text.toString().split("\r", -1);
        assertEquals("pump-1.1.0.jar  0 B", drawn[1].strip());
        assertEquals("pump-1.1.0.jar  [#####.................]   25%  750 kB  375 kB/s  ETA 0:06", drawn[2]);
        assertEquals("pump-1.1.0.jar  [######################]  100%  3.0 MB  375 kB/s", drawn[3].stripTrailing());
        assertEquals(5, drawn.length, "once for each 200 ms at most, and at the end");
        assertTrue(text.toString().endsWith(System.lineSeparator()));
    }

    @Test
    void showsWhatItKnowsIfNobodyKnowsHowMuchWillCome() {
        ProgressBar bar = bar(80);
        bar.begin("pump.jar");
        pass(4 * SECOND);
        bar.at(2000, -1);

        assertTrue(text.toString().endsWith("\rpump.jar  2.0 kB  500 B/s"), text::toString);
    }

    @Test
    void leavesNothingOfALongerLineBehind() {
        ProgressBar bar = bar(80);
        bar.begin("a");
        pass(2 * SECOND);
        bar.at(1000, -1);
        pass(2 * SECOND);
        bar.at(0, -1);

        assertTrue(text.toString().endsWith("\ra  0 B  0 B/s" + " ".repeat(5)), text::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 40, 60, 200})
    void isNeverWiderThanTheTerminalAndPlainAscii(int columns) {
        ProgressBar bar = bar(columns);
        bar.begin("größte\u001b[2J\n-pump-with-a-name-that-goes-on-and-on-1.2.3.jar");
        pass(2 * SECOND);
        bar.at(12_345_678, 60_000_000);
        bar.end();

        for (String line : text.toString().stripTrailing().split("\r", -1)) {
            assertTrue(line.length() < columns, line);
            assertTrue(line.matches("[ -~]*"), line);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 kB",
        "99949,99.9 kB",
        "999499,999 kB",
        "999500,1.0 MB",
        "67108864,67.1 MB"
    })
    void writesBytesShortly(long bytes, String expected) {
        assertEquals(expected, ProgressBar.bytes(bytes));
    }

    private ProgressBar bar(int columns) {
        return new ProgressBar(new PrintWriter(text), columns, now::get);
    }

    private void pass(long time) {
        now.addAndGet(time);
    }
}
