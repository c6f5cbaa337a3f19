package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.gateway.DriverContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of one configuration while they are held. A thread looks each second whether they are still there, and tries those
 * that are not every fifth time.
 */
final class Held {

    private static final Logger LOG = LoggerFactory.getLogger(Held.class);
    private static final long LOOK_MS = 1000;
    private static final int RETRY_LOOKS = 5;
    private static final long STOP_S = 5;

    private final GpioSettings settings;
    private final Lines lines;
    private final Map<PointId, Channel> channels = new LinkedHashMap<>();
    private final List<Channel> all = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Channel, String> missing = new LinkedHashMap<>(); // guarded by this
    private volatile DriverContext context;
    private volatile boolean open;
    private int looks; // of the timer's thread

    Held(GpioSettings settings, Lines lines, KeptLevels kept) {
        this.settings = settings;
        this.lines = lines;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread =
                    new Thread(task, "fieldgate-gpio-" + settings.device().driver());
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        for (LineSettings line : settings.lines()) {
            Channel channel = channel(line, kept);
            all.add(channel);
            line.points().forEach(point -> channels.put(point.id(), channel));
        }
    }

    private Channel channel(LineSettings line, KeptLevels kept) {
        if (line.direction == LineSettings.Direction.IN) {
            return new Input(line, lines, timer, this::push, System::nanoTime);
        }
        return line.pwmHertz > 0 ? new PwmOutput(line, lines) : new Output(line, lines, kept);
    }

    private void push(Reading reading) {
        if (open) {
            context.publish(List.of(reading));
        }
    }

    void open(DriverContext gateway) throws DriverException {
        context = gateway;
        DriverException first = null;
        LineFinder finder = new LineFinder(settings.chip(), lines.chips());
        open = true;
        synchronized (this) {
            missing.clear(); // of a start that has failed
        }
        for (Channel channel : all) {
            try {
                take(finder, channel);
            } catch (DriverException e) {
                first = first == null ? e : first;
                missed(channel, e.getMessage());
            }
        }
        if (first != null && all.stream().noneMatch(Channel::held)) {
            throw first;
        }
        told();
        Future<?> unused = timer.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private static void take(LineFinder finder, Channel channel) throws DriverException {
        LineFinder.Place place = finder.find(channel.settings());
        try {
            channel.open(place.chip(), place.line().number());
        } catch (DriverException e) {
            channel.drop();
            throw e;
        }
    }

    private synchronized boolean missed(Channel channel, String why) {
        return !why.equals(missing.put(channel, why));
    }

    /** Says which lines are not there. */
    private void told() {
        String detail;
        synchronized (this) {
            detail = String.join("; ", missing.values());
        }
        if (!detail.isEmpty()) {
            LOG.warn("driver {}: {}", settings.device().driver(), detail);
        }
        context.status(all.stream().anyMatch(Channel::held), detail);
    }

    private void look() {
        try {
            looks++;
            boolean changed = false;
            for (Channel channel : all) {
                changed |= channel.held() && lost(channel);
            }
            if (looks % RETRY_LOOKS == 0) {
                changed |= retried();
            }
            if (changed && open) {
                told();
                context.devicesChanged();
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "driver {}: its lines could not be looked at",
                    settings.device().driver(),
                    e);
        }
    }

    private boolean lost(Channel channel) {
        try {
            if (lines.present(channel.chip())) {
                channel.check();
                return false;
            }
            missed(channel, "line " + channel.settings().name + ": the chip " + channel.chip() + " has gone");
        } catch (DriverException e) {
            missed(channel, e.getMessage());
        }
        channel.drop();
        if (open) {
            context.publish(channel.settings().points().stream()
                    .map(point -> Reading.bad(point.id(), Quality.Code.DISCONNECTED))
                    .toList());
        }
        return true;
    }

    private boolean retried() {
        List<Channel> absent = all.stream().filter(channel -> !channel.held()).toList();
        if (absent.isEmpty()) {
            return false;
        }
        boolean changed = false;
        try {
            LineFinder finder = new LineFinder(settings.chip(), lines.chips());
            for (Channel channel : absent) {
                changed |= retried(finder, channel);
            }
        } catch (DriverException e) {
            for (Channel channel : absent) {
                changed |= missed(channel, e.getMessage());
            }
        }
        return changed;
    }

    private boolean retried(LineFinder finder, Channel channel) {
        try {
            take(finder, channel);
            List<Reading> readings = channel.readAll();
            synchronized (this) {
                missing.remove(channel);
            }
            LOG.info("driver {}: line {} is there", settings.device().driver(), channel.settings().name);
            context.publish(readings);
            return true;
        } catch (DriverException e) {
            channel.drop();
            return missed(channel, e.getMessage());
        }
    }

    synchronized DeviceInfo device() {
        DeviceInfo.Builder device = DeviceInfo.builder(settings.device())
                .description("GPIO " + (settings.chip().isEmpty() ? "lines" : "chip " + settings.chip())
                        + (missing.isEmpty() ? "" : "; not there: " + String.join("; ", missing.values())));
        for (LineSettings line : settings.lines()) {
            for (PointInfo point : line.points()) {
                device.point(point);
            }
        }
        return device.build();
    }

    Reading read(PointId point) {
        Channel channel = channels.get(point);
        if (channel == null) {
            return Reading.bad(point, Quality.Code.CONFIGURATION);
        }
        try {
            return channel.read(point);
        } catch (DriverException e) {
            return Reading.bad(point, Quality.Code.DISCONNECTED);
        }
    }

    Reading write(PointId point, Value value) throws DriverException {
        Channel channel = channels.get(point);
        if (channel == null) {
            throw new DriverException(Reason.NO_SUCH_POINT, "there is no point " + point);
        }
        if (!point.equals(channel.settings().main.id())) {
            throw new DriverException(Reason.READ_ONLY, point + " cannot be written");
        }
        return channel.write(point, value);
    }

    void close() {
        open = false;
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(STOP_S, TimeUnit.SECONDS)) {
                LOG.warn(
                        "driver {}: its lines are still being looked at",
                        settings.device().driver());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(Channel::close);
    }
}
