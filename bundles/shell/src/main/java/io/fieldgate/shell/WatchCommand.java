package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Shell command {@code fg:watch}.
 *
 * <p>It asks the points five times a second for what is new rather than be told: nothing waits for a client that is slow, and an update
 * of the core is seen at the next look.
 */
@Component(service = WatchCommand.class)
@GogoCommand(scope = "fg", function = "watch")
public final class WatchCommand {

    static final String WATCH = """
            fg:watch [-n COUNT] [FILTER…]
            Shows points as they change, until Ctrl-C. In a terminal it redraws a table,
            five times a second at most; * marks what has changed since the last time.
            Elsewhere it prints a line for each sample: time (UTC), point, value, quality,
            unit; the first ones are what the points said last.
              -n COUNT  ends after so many samples, 1 to 1000000000
              FILTER    \
            """ + PointTable.FILTER;

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final int COUNT_MAX = 1_000_000_000;

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Clock clock;
    private final Pause pause;

    /** Made by the framework. */
    @Activate
    public WatchCommand() {
        this(Clock.system(ZoneId.systemDefault()), Pause.REAL);
    }

    WatchCommand(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    /**
     * Shows points until it is interrupted.
     *
     * @param session who asks
     * @param arguments options and filters
     * @throws Exception if the arguments are wrong, or the core is not there or goes
     */
    @Descriptor("show points as they change")
    public void watch(CommandSession session, @Descriptor(WATCH) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(WATCH).run(screen, arguments, given -> {
            List<PointFilter> filters = PointTable.filters(given.operands());
            int count = given.number("-n", 1, COUNT_MAX, COUNT_MAX);
            try {
                if (screen.terminal()) {
                    draw(screen, String.join(" ", given.operands()), filters, count);
                } else {
                    print(screen, filters, count);
                }
            } catch (InterruptedException e) {
                // Ctrl-C is how it ends.
            }
            return "";
        });
    }

    private void draw(Screen screen, String title, List<PointFilter> filters, int count) throws InterruptedException {
        try (WatchView view = new WatchView(screen, title.isEmpty() ? "all points" : title, clock.getZone())) {
            Instant drawn = Instant.MIN;
            String epoch = "";
            long last = 0;
            int left = count;
            while (left > 0 && !screen.out().checkError()) {
                Points service = points.orFail();
                last = service.epoch().equals(epoch) ? last : 0;
                epoch = service.epoch();
                List<Sample> news = service.latest(filters, last);
                Instant now = clock.instant();
                if (!news.isEmpty() || !now.isBefore(drawn.plus(REDRAW))) {
                    List<Sample> all = service.latest(filters, 0).stream()
                            .sorted(Comparator.comparing(Sample::point))
                            .toList();
                    view.draw(service, all, last, now);
                    left -= Math.min(left, news.size());
                    last = Math.max(last, newest(all));
                    drawn = now;
                }
                if (left > 0) {
                    pause.await(LOOK);
                }
            }
        }
    }

    private void print(Screen screen, List<PointFilter> filters, int count) throws InterruptedException {
        String epoch = "";
        long last = 0;
        int left = count;
        while (true) {
            Points service = points.orFail();
            last = service.epoch().equals(epoch) ? last : 0;
            epoch = service.epoch();
            Optional<List<Sample>> each = last == 0 ? Optional.empty() : service.since(filters, last);
            if (last != 0 && each.isEmpty()) {
                screen.out().println("some samples were missed: too many came at once");
            }
            long after = last;
            for (Sample sample : each.orElseGet(() -> service.latest(filters, after))) {
                screen.out().println(line(service, sample));
                last = sample.sequence();
                left--;
                if (left == 0) {
                    return;
                }
            }
            if (screen.out().checkError()) {
                return;
            }
            pause.await(LOOK);
        }
    }

    private static String line(Points service, Sample sample) {
        String unit = PointTable.unit(service, sample);
        return sample.time().truncatedTo(ChronoUnit.MILLIS)
                + " " + sample.point()
                + " " + sample.value().map(ValueText::brief).orElse("-")
                + " " + sample.quality()
                + (unit.isEmpty() ? "" : " " + unit);
    }

    private static long newest(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::sequence).max().orElse(0);
    }
}
