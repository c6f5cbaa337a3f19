package io.fieldgate.core;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointInfo;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What the administrator says of some points in place of their driver. */
@Component(
        service = PointOverride.class,
        configurationPid = "io.fieldgate.core.points.override",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PointOverride.Config.class, factory = true)
public final class PointOverride {

    private static final int LONGEST_PERIOD_MILLIS = 86_400_000;
    private static final int SHORTEST_PERIOD_MILLIS = 10;

    /** What an administrator can set. */
    @ObjectClassDefinition(
            name = "Fieldgate point override",
            description = "Poll period and dead band of some points, in place of what their driver says")
    public @interface Config {

        /**
         * The points.
         *
         * @return driver/device/point, {@code *} for any segment, {@code **} for the rest
         */
        @AttributeDefinition(description = "Points: driver/device/point, * for any segment, ** for the rest")
        String filter();

        /**
         * How often they are read.
         *
         * @return milliseconds, 10 to 86,400,000; 0 for what the driver says
         */
        @AttributeDefinition(
                description = "Poll period in milliseconds, 10 to 86400000; 0 leaves it as it is",
                min = "0",
                max = "86400000")
        int period_ms() default 0;

        /**
         * What the dead band is measured in.
         *
         * @return {@code keep} for what the driver says, {@code none}, {@code absolute} or {@code percent}
         */
        @AttributeDefinition(
                description = "What the dead band is measured in",
                options = {
                    @Option(label = "as the driver says", value = "keep"),
                    @Option(label = "no dead band", value = "none"),
                    @Option(label = "unit of the point", value = "absolute"),
                    @Option(label = "percent of the range", value = "percent")
                })
        String deadband_kind() default "keep";

        /**
         * The greatest move that is not a change.
         *
         * @return 0 and above, in the unit of the point or in percent, up to 100
         */
        @AttributeDefinition(description = "Greatest move that is not a change, in that measure", min = "0")
        double deadband() default 0;
    }

    private final PointFilter filter;
    private final Optional<Duration> period;
    private final Optional<Deadband> deadband;

    /**
     * Takes the configuration.
     *
     * @param config what is said of which points
     * @throws IllegalArgumentException if a value is not possible
     */
    @Activate
    public PointOverride(Config config) {
        this(config.filter(), config.period_ms(), config.deadband_kind(), config.deadband());
    }

    PointOverride(String filter, int periodMillis, String kind, double amount) {
        if (periodMillis != 0 && (periodMillis < SHORTEST_PERIOD_MILLIS || periodMillis > LONGEST_PERIOD_MILLIS)) {
            throw new IllegalArgumentException("period.ms must be 0 or " + SHORTEST_PERIOD_MILLIS + " to "
                    + LONGEST_PERIOD_MILLIS + ", is " + periodMillis);
        }
        this.filter = parse(filter);
        this.period = periodMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(periodMillis));
        this.deadband = deadband(kind, amount);
    }

    private static PointFilter parse(String filter) {
        if (filter == null) {
            throw new IllegalArgumentException("filter must be driver/device/point with * or **, is not given");
        }
        try {
            return PointFilter.of(filter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("filter: " + e.getMessage(), e);
        }
    }

    private static Optional<Deadband> deadband(String kind, double amount) {
        if (!(amount >= 0 && amount <= (kind.equals("percent") ? 100 : Double.MAX_VALUE))) {
            throw new IllegalArgumentException("deadband must be 0 or above, at most 100 for percent, is " + amount);
        }
        return switch (kind) {
            case "keep" -> Optional.empty();
            case "none" -> Optional.of(Deadband.NONE);
            case "absolute" -> Optional.of(Deadband.absolute(amount));
            case "percent" -> Optional.of(Deadband.percent(amount));
            default ->
                throw new IllegalArgumentException("deadband.kind must be keep, none, absolute or percent, is " + kind);
        };
    }

    /** The point as it is to be: itself if nothing is said of it. */
    PointInfo apply(PointInfo point) {
        if (!filter.matches(point.id())) {
            return point;
        }
        PointInfo.Builder changed = PointInfo.builder(point.id(), point.type())
                .unit(point.unit())
                .access(point.access())
                .deadband(deadband.orElse(point.deadband()))
                .description(point.description())
                .role(point.role())
                .allowed(point.allowed())
                .confirmed(point.confirmed());
        point.safe().ifPresent(changed::safe);
        point.range().ifPresent(range -> changed.range(range.min(), range.max()));
        period.or(point::pollPeriod).ifPresent(changed::pollPeriod);
        return changed.build();
    }
}
