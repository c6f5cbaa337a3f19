package io.fieldgate.driver.serial;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes readings of lines: of those that came in one read the last one of each point, so that a fast line is parsed whole but
 * does not flood the gateway. Used by the reader's thread alone, but the counters.
 */
final class LineParser {

    private static final Logger LOG = LoggerFactory.getLogger(LineParser.class);

    private final SerialSettings settings;
    private final Counters counters;
    private final AnswerSlot slot;
    private final Telegram telegram = new Telegram();
    private final Map<PointId, Reading> latest = new LinkedHashMap<>();
    private boolean exhausted;

    LineParser(SerialSettings settings, Counters counters, AnswerSlot slot) {
        this.settings = settings;
        this.counters = counters;
        this.slot = slot;
    }

    void take(String line) {
        counters.line();
        if (settings.text().frame() == SerialSettings.Frame.DSMR) {
            framed(line);
        } else if (settings.text().checksum() == SerialSettings.Checksum.NMEA && !Checksums.nmea(line)) {
            counters.wrongChecksum();
        } else if (!parse(line)) {
            counters.unmatched();
        }
    }

    private void framed(String line) {
        switch (telegram.take(line)) {
            case COMPLETE -> telegram.lines().forEach(this::parse);
            case WRONG -> counters.wrongChecksum();
            case OUTSIDE -> counters.unmatched();
            case WITHIN -> {
                // More will come.
            }
        }
    }

    private boolean parse(String line) {
        try {
            boolean matched = slot.offer(line);
            for (LinePattern pattern : settings.patterns()) {
                Optional<Map<String, String>> groups = pattern.match(line);
                if (groups.isPresent()) {
                    matched = true;
                    readings(pattern.name(), groups.get()).forEach(reading -> latest.put(reading.point(), reading));
                }
            }
            return matched;
        } catch (BoundedText.ExhaustedException e) {
            if (!exhausted) {
                exhausted = true;
                LOG.warn(
                        "driver {}: {}: such lines are left out",
                        settings.device().driver(),
                        e.getMessage());
            }
            return false;
        }
    }

    /** What the groups of a pattern or a request say. */
    List<Reading> readings(String source, Map<String, String> groups) {
        return settings.points().stream()
                .filter(point -> point.comesFrom(source))
                .flatMap(point -> point.reading(groups).stream())
                .toList();
    }

    /** What is new since the last call, one reading for each point. */
    List<Reading> drain() {
        List<Reading> readings = List.copyOf(latest.values());
        latest.clear();
        return readings;
    }

    void reset() {
        telegram.reset();
        latest.clear();
    }
}
