package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What several commands show of points. */
final class PointTable {

    /** What the help of each command says of a filter. */
    static final String FILTER = "driver/device/point, * any segment, ** the rest; none for all";

    private PointTable() {}

    /** The filters that texts stand for; all points if there is none. */
    static List<PointFilter> filters(List<String> texts) {
        return texts.isEmpty()
                ? List.of(PointFilter.ALL)
                : texts.stream().map(PointFilter::of).toList();
    }

    /** What points said last, a row each, in the order given. */
    static Table brief(Points points, Stream<Sample> samples, Instant now) {
        Table table = Table.of("POINT", "VALUE", "UNIT", "QUALITY", "AGE").naming(0, 1, 4);
        samples.forEach(sample -> table.row(
                sample.point(),
                sample.value().map(ValueText::brief).orElse("-"),
                unit(points, sample),
                sample.quality(),
                Age.between(sample.receivedAt(), now)));
        return table;
    }

    /** All there is to say of points. */
    static Table full(Points points, Stream<Sample> samples, Instant now) {
        Table table = Table.of(
                        "POINT",
                        "TYPE",
                        "ACCESS",
                        "RANGE",
                        "PERIOD",
                        "VALUE",
                        "UNIT",
                        "QUALITY",
                        "AGE",
                        "SEQUENCE",
                        "DEVICE TIME")
                .naming(0, 5, 8, 10);
        samples.forEach(sample -> {
            Optional<PointInfo> info = points.info(sample.point());
            table.row(
                    sample.point(),
                    info.map(known -> known.type().id()).orElse(""),
                    info.map(known -> known.access().id()).orElse(""),
                    info.flatMap(PointInfo::range).map(PointTable::range).orElse("-"),
                    info.flatMap(PointInfo::pollPeriod).map(PointTable::period).orElse("-"),
                    sample.value().map(Value::toString).orElse("-"),
                    info.map(PointInfo::unit).orElse(""),
                    sample.quality(),
                    Age.between(sample.receivedAt(), now),
                    sample.sequence(),
                    sample.reading().deviceTime().map(Instant::toString).orElse("-"));
        });
        return table;
    }

    /** The unit of a sample's point. */
    static String unit(Points points, Sample sample) {
        return points.info(sample.point()).map(PointInfo::unit).orElse("");
    }

    private static String range(Range range) {
        return ValueText.number(range.min()) + " to " + ValueText.number(range.max());
    }

    private static String period(Duration period) {
        return period.toMillis() % 1_000 == 0 ? period.toSeconds() + " s" : period.toMillis() + " ms";
    }
}
