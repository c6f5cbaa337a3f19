package io.fieldgate.driver.serial;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines of a DSMR P1 telegram, from {@code /} to {@code !} and its CRC (DSMR 5.0.2, 5.1). */
final class Telegram {

    /** What a line was. */
    enum Step {
        OUTSIDE,
        WITHIN,
        COMPLETE,
        WRONG
    }

    /** More than a meter with four others has; the standard knows no limit. */
    private static final int MAX_LINES = 512;

    private final List<String> lines = new ArrayList<>();
    private boolean within;
    private int crc;

    Step take(String line) {
        if (line.startsWith("/")) {
            reset();
            within = true;
        } else if (!within) {
            return Step.OUTSIDE;
        }
        if (line.startsWith("!")) {
            within = false;
            crc = Checksums.crc16(crc, "!");
            return crc == Checksums.number(line.substring(1)) ? Step.COMPLETE : Step.WRONG;
        }
        if (lines.size() >= MAX_LINES) {
            reset();
            return Step.WRONG;
        }
        lines.add(line);
        crc = Checksums.crc16(Checksums.crc16(crc, line), "\r\n");
        return Step.WITHIN;
    }

    /** The lines of the telegram that is complete. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    void reset() {
        lines.clear();
        within = false;
        crc = 0;
    }
}
