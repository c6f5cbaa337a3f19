package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
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

    static final String POINTS = """
            fg:points [-l] [--bad] [FILTER…]
            Lists points with what they said last. Nothing is read from the hardware;
            fg:read does that.
              -l, --long  all digits of a value, and type, access, range, poll
                          period, sequence number and the device's own time
              --bad       only points that are not good
              FILTER      \
            """ + PointTable.FILTER;

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
     * @param session who asks
     * @param arguments options and filters
     * @return a table
     * @throws Exception if the arguments are wrong, or the core is not there
     */
    @Descriptor("list points with what they said last")
    public String points(CommandSession session, @Descriptor(POINTS) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(POINTS).answer(arguments, given -> screen.fit(list(given)));
    }

    private Table list(Arguments given) {
        List<PointFilter> filters = PointTable.filters(given.operands());
        Points service = points.orFail();
        for (int i = 0; i < given.operands().size(); i++) {
            if (service.latest(filters.subList(i, i + 1), 0).isEmpty()) {
                throw new IllegalArgumentException(
                        "no point matches " + given.operands().get(i) + " now; fg:points lists those that are there");
            }
        }
        Instant now = clock.instant();
        Stream<Sample> samples = service.latest(filters, 0).stream()
                .filter(sample -> !given.has("--bad") || sample.quality().level() != Quality.Level.GOOD)
                .sorted(Comparator.comparing(Sample::point));
        return given.has("--long") ? PointTable.full(service, samples, now) : PointTable.brief(service, samples, now);
    }
}
