package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Points;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:points}. */
@Component(service = PointCommands.class)
@GogoCommand(scope = "fg", function = "points")
public final class PointCommands {

    private static final int VALUE_MAX = 40;

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Clock clock;

    /** Made by the framework. */
    @Activate
    public PointCommands() {
        this(Clock.systemUTC());
    }

    PointCommands(Clock clock) {
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    /**
     * Lists points.
     *
     * @param filters which, none for all
     * @return a table
     */
    @Descriptor("list points with what they said last")
    public String points(
            @Descriptor("which points: driver/device/point, * for any segment, ** for the rest; none for all")
                    String... filters) {
        Points service = points.orFail();
        List<PointFilter> chosen = filters.length == 0
                ? List.of(PointFilter.ALL)
                : Stream.of(filters).map(PointFilter::of).toList();
        Table table = Table.of("POINT", "VALUE", "UNIT", "QUALITY", "AGE");
        Instant now = clock.instant();
        service.latest(chosen, 0).stream()
                .sorted(Comparator.comparing(Sample::point))
                .forEach(sample -> table.row(
                        sample.point(),
                        sample.value().map(PointCommands::shortened).orElse("-"),
                        service.info(sample.point()).map(PointInfo::unit).orElse(""),
                        sample.quality(),
                        Age.between(sample.receivedAt(), now)));
        return table.toString();
    }

    private static String shortened(Value value) {
        String text = value.toString();
        return text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + "…";
    }
}
