package io.fieldgate.driver.serial;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads a line, and opens it again when the hardware has been away. It alone opens, reads and closes; what it
 * reads in one go becomes at most one reading for each point.
 */
final class LineReader {

    private static final Logger LOG = LoggerFactory.getLogger(LineReader.class);

    private static final int BUFFER_BYTES = 16_384;

    private static final long STOP_MILLIS = 1500;

    private final SerialSettings settings;
    private final Link.Opener opener;
    private final BackOff backOff;
    private final LineParser parser;
    private final LineSplitter splitter;
    private final Counters counters;
    private final LastReadings last;
    private final LineDesk desk;
    private final CountDownLatch stop = new CountDownLatch(1);
    private DriverContext context;
    private Thread thread;
    private volatile Link link;

    LineReader(SerialSettings settings, Link.Opener opener, BackOff backOff, LineParts parts) {
        this.settings = settings;
        this.opener = opener;
        this.backOff = backOff;
        parser = parts.parser();
        counters = parts.counters();
        last = parts.last();
        desk = parts.desk();
        SerialSettings.Text text = settings.text();
        splitter = new LineSplitter(text.end().characters(), text.maxBytes(), text.charset(), parser::take);
    }

    /** Opens the line for the first time and begins to read. */
    void start(DriverContext gateway) throws DriverException {
        context = gateway;
        link = opener.open();
        begin();
        thread = new Thread(this::run, "fieldgate-serial-" + settings.device().driver());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** Sends octets, or says that the hardware is away. */
    void send(byte[] octets) throws DriverException {
        Link now = link;
        if (now == null) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION, settings.port().path() + " is away: is the adapter plugged in?");
        }
        now.send(octets);
    }

    /** Ends the reading; the port is closed when this returns, unless the system itself hangs. */
    void stop() {
        stop.countDown();
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        try {
            running.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (running.isAlive()) {
            LOG.warn(
                    "driver {}: {} does not let go of a read",
                    settings.device().driver(),
                    settings.port().path());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void begin() {
        List<PointId> pushed = settings.points().stream()
                .filter(point -> settings.patterns().stream().anyMatch(pattern -> point.comesFrom(pattern.name())))
                .map(LinePoint::id)
                .toList();
        last.begin(pushed, System.nanoTime());
        context.status(true, settings.port().path() + " at " + settings.port().baud() + " baud");
    }

    private void run() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            while (!stopped()) {
                if (link == null) {
                    reopen();
                } else {
                    readOnce(buffer);
                }
            }
        } finally {
            close();
        }
    }

    private void readOnce(byte[] buffer) {
        int count = link.read(buffer);
        if (stopped()) {
            return;
        }
        if (count < 0) {
            lost();
            return;
        }
        if (count > 0) {
            desk.received(Arrays.copyOf(buffer, count));
            splitter.take(buffer, count);
            counters.tooLong(splitter.tooLong());
            publish(parser.drain());
        }
        publishSilent();
    }

    private void publish(List<Reading> readings) {
        if (!readings.isEmpty()) {
            last.put(readings, System.nanoTime());
            context.publish(readings);
        }
    }

    private void publishSilent() {
        List<Reading> silent = last.silent(System.nanoTime());
        if (!silent.isEmpty()) {
            context.publish(silent);
        }
    }

    private void lost() {
        close();
        splitter.reset();
        parser.reset();
        backOff.reset();
        LOG.warn(
                "driver {}: {} is gone, its points are bad until it is back",
                settings.device().driver(),
                name());
        context.status(false, name() + " is gone");
    }

    private void reopen() {
        try {
            if (stop.await(backOff.next(), TimeUnit.MILLISECONDS)) {
                return;
            }
            link = opener.open();
            LOG.info("driver {}: {} is back", settings.device().driver(), name());
            begin();
        } catch (DriverException e) {
            context.status(false, e.getMessage());
            LOG.debug("driver {}: {}", settings.device().driver(), e.getMessage());
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private String name() {
        return settings.port().path().toString();
    }

    private void close() {
        Link open = link;
        link = null;
        if (open != null) {
            open.close();
        }
    }
}
