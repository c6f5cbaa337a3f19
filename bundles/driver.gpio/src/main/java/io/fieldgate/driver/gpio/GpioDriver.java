package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.api.gateway.DriverContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of a GPIO chip, as inputs and outputs.
 *
 * <p>A line that somebody else holds takes the others nothing: its points are BAD, and it is tried again every 5 s. When this stops, outputs
 * go to their safe level, and every line is given back.
 */
@Component(
        service = Driver.class,
        configurationPid = "io.fieldgate.driver.gpio",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GpioDriver.Config.class, factory = true)
public final class GpioDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate GPIO", description = "Lines of one GPIO chip")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * The name of the device.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Name of the device, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "gpio";

        /**
         * Which chip.
         *
         * @return a label or a name, or empty
         */
        @AttributeDefinition(
                description = "Label or name of the chip; empty: the lines are looked for on all chips, by their names")
        String chip() default "";

        /**
         * The lines.
         *
         * @return one line each, as {@link TableLine} has it
         */
        @AttributeDefinition(description = "The lines: NAME line=NUMBER|NAME use=in|out|pwm and more, parted by commas")
        String[] lines();
    }

    private static final Logger LOG = LoggerFactory.getLogger(GpioDriver.class);
    private static final int LINES = 256;
    private static final long RETRY_MS = 5_000;
    private static final long END_MS = 1_000;

    private final DeviceId device;
    private final String chip;
    private final List<LineSettings> settings;
    private final Chips chips;
    private final LongSupplier nanoClock;
    private final long retryMillis;
    private final Map<PointId, Channel> channels = new LinkedHashMap<>();

    private ScheduledThreadPoolExecutor timer;
    private Circuit circuit;
    private Future<?> mending;
    private DriverContext context;
    // Touched by the timer's thread alone, but for start, which comes before it.
    private String troubles = "";

    /**
     * Makes the driver; no line is touched yet.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public GpioDriver(Config config) {
        this(config, new CharacterDevices(), System::nanoTime, RETRY_MS);
    }

    GpioDriver(Config config, Chips chips, LongSupplier nanoClock, long retryMillis) {
        try {
            device = new DeviceId(config.fieldgate_driver_id(), config.device());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + config.fieldgate_driver_id() + " and device=" + config.device()
                            + " make no id: " + e.getMessage(),
                    e);
        }
        this.chip = config.chip();
        this.chips = chips;
        this.nanoClock = nanoClock;
        this.retryMillis = retryMillis;
        List<TableLine> table = TableLine.table(LineSettings.TABLE, config.lines());
        if (table.isEmpty() || table.size() > LINES) {
            throw new IllegalArgumentException(
                    LineSettings.TABLE + " must have 1 to " + LINES + " lines, has " + table.size());
        }
        settings = table.stream().map(line -> LineSettings.of(device, line)).toList();
        for (int i = 0; i < table.size(); i++) {
            if (chip.isEmpty() && settings.get(i).address().matches("\\d+")) {
                throw table.get(i).wrong("line=" + settings.get(i).address() + " is a number, so chip must be given");
            }
        }
    }

    @Override
    public void start(DriverContext gateway) throws DriverException {
        context = gateway;
        channels.clear();
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "fieldgate-gpio-" + device.driver());
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        List<Channel> made = new ArrayList<>();
        for (LineSettings line : settings) {
            Channel channel = channel(line);
            made.add(channel);
            line.points().forEach(point -> channels.put(point.id(), channel));
        }
        circuit = new Circuit(chips, chip, made);
        Map<Channel, String> wrong = circuit.connect();
        if (wrong.size() == made.size()) {
            stop();
            throw new DriverException(DriverException.Reason.CONNECTION, text(wrong));
        }
        report(wrong);
        mending = timer.scheduleWithFixedDelay(this::mend, retryMillis, retryMillis, TimeUnit.MILLISECONDS);
    }

    private Channel channel(LineSettings line) {
        return switch (line.kind()) {
            case IN -> new InputChannel(line, timer, nanoClock, context::publish, this::lost);
            case OUT -> new OutputChannel(line);
            case PWM -> new PwmChannel(line, this::lost);
        };
    }

    /** Something was lost: looked into at once, on the thread that may wait. */
    private void lost() {
        timer.execute(this::mend);
    }

    private void mend() {
        try {
            boolean dropped = circuit.dropLost();
            Map<Channel, String> wrong = circuit.connect();
            report(wrong);
            if (dropped || !wrong.isEmpty()) {
                context.publish(channels.keySet().stream().map(this::read).toList());
            }
        } catch (RuntimeException e) {
            // Thrown on, it would end the trying again.
            LOG.error("{} could not be looked after", device, e);
        }
    }

    private void report(Map<Channel, String> wrong) {
        String now = text(wrong);
        if (!now.equals(troubles)) {
            troubles = now;
            if (now.isEmpty()) {
                LOG.info("{}: all lines are held", device);
            } else {
                LOG.warn("{}: {}; tried again every {} s", device, now, retryMillis / 1_000);
            }
            context.status(wrong.size() < settings.size(), now);
        }
    }

    private static String text(Map<Channel, String> wrong) {
        return String.join("; ", new TreeSet<>(wrong.values()));
    }

    @Override
    public List<DeviceInfo> devices() {
        DeviceInfo.Builder info =
                DeviceInfo.builder(device).description(chip.isEmpty() ? "GPIO lines" : "GPIO chip " + chip);
        for (LineSettings line : settings) {
            for (PointInfo point : line.points()) {
                info.point(point);
            }
        }
        return List.of(info.build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        return points.stream().map(this::read).toList();
    }

    private Reading read(PointId point) {
        Channel channel = channels.get(point);
        return channel == null ? Reading.bad(point, Quality.Code.CONFIGURATION) : channel.read(point);
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        Channel channel = channels.get(point);
        if (channel == null) {
            throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no " + point);
        }
        if (!channel.settings().point().id().equals(point)) {
            throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
        }
        try {
            channel.write(value);
        } catch (IOException e) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION, point + " cannot be written: " + e.getMessage(), e);
        }
        return channel.read(point);
    }

    @Override
    public void stop() {
        if (timer == null) {
            return;
        }
        if (mending != null) {
            mending.cancel(true);
        }
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(END_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{}: something still waits for the chip; its lines are given back all the same", device);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        circuit.close();
    }
}
