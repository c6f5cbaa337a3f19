package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples channels of a converter by the kernel's buffer, up to 1,000 times a second, and pushes every scan with its time.
 *
 * <p>One thread waits for scans. A converter that goes is looked for again every 5 s. When this stops, buffer, channels and trigger are as
 * they were.
 */
@Component(
        service = Driver.class,
        configurationPid = "io.fieldgate.driver.linux.sampling",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SamplingDriver.Config.class, factory = true)
public final class SamplingDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(
            name = "Fieldgate sampling",
            description = "Fast sampling of one converter of Industrial I/O")
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
        String device() default "scan";

        /**
         * Which converter.
         *
         * @return its name
         */
        @AttributeDefinition(description = "Name of the converter as the kernel says it, or iio:deviceN")
        String converter();

        /**
         * Which channels.
         *
         * @return names such as {@code voltage0}
         */
        @AttributeDefinition(description = "Channels such as voltage0, parted by commas")
        String[] channels();

        /**
         * What begins a scan.
         *
         * @return a name, {@code timer}, or empty
         */
        @AttributeDefinition(
                description = "Name of the trigger; timer: one is made; empty: the converter samples by itself")
        String trigger() default "";

        /**
         * How often.
         *
         * @return scans in a second
         */
        @AttributeDefinition(
                description = "Rate that the trigger is set to, in scans a second; 0: as it is",
                min = "0",
                max = "1000")
        int rate_hz() default 0;

        /**
         * How many scans the kernel keeps.
         *
         * @return scans
         */
        @AttributeDefinition(
                description = "Scans that the kernel keeps while the gateway is busy",
                min = "2",
                max = "4096")
        int buffer_scans() default 256;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SamplingDriver.class);
    private static final long RETRY_MS = 5_000;
    private static final long END_MS = 2_000;
    private static final long FIRST_MS = 1_000;
    private static final int SCANS_AT_ONCE = 64;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path root;
    private final SamplingSettings settings;
    private final long retryMillis;
    private final Map<PointId, Reading> last = new ConcurrentHashMap<>();

    private final CountDownLatch first = new CountDownLatch(1);
    private DriverContext context;
    private Thread thread;
    private volatile ScanBuffer buffer;
    private volatile boolean stopped;

    /**
     * Makes the driver; the converter is not touched yet.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public SamplingDriver(Config config) {
        this(config, Path.of("/"), RETRY_MS);
    }

    SamplingDriver(Config config, Path root, long retryMillis) {
        this.root = root;
        this.retryMillis = retryMillis;
        settings = new SamplingSettings(
                device(config),
                config.converter(),
                List.of(config.channels()),
                config.trigger(),
                config.rate_hz(),
                config.buffer_scans());
    }

    private static DeviceId device(Config config) {
        try {
            return new DeviceId(String.valueOf(config.fieldgate_driver_id()), config.device());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + config.fieldgate_driver_id() + " and device=" + config.device()
                            + " make no id: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void start(DriverContext gateway) throws DriverException {
        context = gateway;
        stopped = false;
        buffer = ScanBuffer.open(root, settings);
        thread = new Thread(this::run, "fieldgate-linux-" + settings.device().driver());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try {
                sample(buffer);
            } catch (IOException e) {
                if (!stopped) {
                    LOG.warn("{}: {}; tried again every {} s", settings.device(), e.toString(), retryMillis / 1_000);
                    context.status(false, settings.converter() + ": " + e.getMessage());
                }
            }
            buffer.close();
            reopen();
        }
    }

    private void reopen() {
        while (!stopped) {
            try {
                Thread.sleep(retryMillis);
                ScanBuffer again = ScanBuffer.open(root, settings);
                buffer = again;
                if (stopped) {
                    again.close();
                }
                LOG.info("{} is sampled again", settings.device());
                context.status(true, "");
                return;
            } catch (DriverException e) {
                LOG.debug("{}: {}", settings.device(), e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void sample(ScanBuffer from) throws IOException {
        ScanFormat format = from.format();
        List<String> channels = format.channels();
        int bytes = format.bytes();
        ByteBuffer scans = ByteBuffer.allocate(bytes * SCANS_AT_ONCE);
        Rate rate = new Rate();
        long count = 0;
        long told = System.nanoTime();
        while (!stopped) {
            if (from.channel().read(scans) < 0) {
                throw new IOException("the converter has gone");
            }
            List<Reading> readings = new ArrayList<>();
            int whole = scans.position() / bytes;
            for (int i = 0; i < whole; i++) {
                scan(from, channels, format.values(scans, i * bytes), readings);
            }
            count += whole;
            scans.limit(scans.position()).position(whole * bytes);
            scans.compact();
            long now = System.nanoTime();
            if (now - told >= SECOND_NANOS) {
                told = now;
                readings.add(Reading.good(settings.device().point("scans"), Value.of(count)));
            }
            push(rate, count, now, readings);
        }
    }

    private void push(Rate rate, long count, long now, List<Reading> readings) {
        if (!readings.isEmpty()) {
            try {
                double perSecond = rate.update(count, now);
                if (readings.get(readings.size() - 1).point().name().equals("scans")) {
                    readings.add(Reading.good(settings.device().point("rate"), Value.of(perSecond)));
                }
            } catch (UnreadableException e) {
                LOG.trace("{}: {}", settings.device(), e.getMessage());
            }
            readings.forEach(reading -> last.put(reading.point(), reading));
            first.countDown();
            context.publish(readings);
        }
    }

    private void scan(ScanBuffer from, List<String> channels, long[] values, List<Reading> readings)
            throws IOException {
        int stamp = channels.indexOf("timestamp");
        for (int i = 0; i < values.length; i++) {
            if (i != stamp) {
                Reading reading = Reading.good(
                        settings.device().point(channels.get(i)), Value.of(from.scaled(channels.get(i), values[i])));
                readings.add(
                        stamp < 0
                                ? reading
                                : reading.takenAt(Instant.ofEpochSecond(
                                        values[stamp] / SECOND_NANOS, values[stamp] % SECOND_NANOS)));
            }
        }
    }

    @Override
    public List<DeviceInfo> devices() {
        DeviceInfo.Builder device =
                DeviceInfo.builder(settings.device()).description("Fast sampling of " + settings.converter());
        for (String channel : settings.channels()) {
            device.point(PointInfo.builder(settings.device().point(channel), ValueType.DECIMAL)
                    .unit(buffer.unit(channel).ucum())
                    .build());
        }
        device.point(PointInfo.builder(settings.device().point("scans"), ValueType.INTEGER)
                .description("Scans since the converter was last opened")
                .build());
        device.point(PointInfo.builder(settings.device().point("rate"), ValueType.DECIMAL)
                .unit("Hz")
                .description("Scans in a second")
                .build());
        return List.of(device.build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        try {
            // Just after the start nothing has come yet. What has not come by then is told as waiting.
            first.await(FIRST_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return points.stream()
                .map(point -> last.getOrDefault(point, Reading.bad(point, Quality.Code.WAITING)))
                .toList();
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        throw new DriverException(
                isMine(point) ? DriverException.Reason.READ_ONLY : DriverException.Reason.NO_SUCH_POINT,
                point + " cannot be written");
    }

    private boolean isMine(PointId point) {
        return devices().get(0).points().stream().anyMatch(known -> known.id().equals(point));
    }

    @Override
    public void stop() {
        stopped = true;
        if (thread == null) {
            return;
        }
        buffer.close();
        thread.interrupt();
        try {
            thread.join(END_MS);
            if (thread.isAlive()) {
                LOG.warn("{}: something still waits for the converter", settings.device());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
