package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line that a thread switches on and off. The edges are as exact as the system wakes a thread: some 0.1 ms late on an idle
 * machine, milliseconds on a busy one. The next period is timed from the clock, so the frequency holds.
 */
final class PwmOutput extends OneLine {

    private static final Logger LOG = LoggerFactory.getLogger(PwmOutput.class);
    private static final long JOIN_MS = 2000;

    private final Lines lines;
    private volatile double duty;
    private volatile DriverException failure;
    private volatile Thread thread;

    PwmOutput(LineSettings settings, Lines lines) {
        super(settings);
        this.lines = lines;
        duty = settings.initialDuty;
    }

    @Override
    Lines.Line request(Lines.Chip from, int number) throws DriverException {
        return lines.output(from, number, meaning(duty == 100));
    }

    @Override
    void opened() {
        failure = null;
        thread = new Thread(this::run, "fieldgate-gpio-pwm-" + settings().name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void run() {
        Thread self = Thread.currentThread();
        long period = TimeUnit.SECONDS.toNanos(1) / settings().pwmHertz;
        long begin = System.nanoTime();
        try {
            while (thread == self) {
                double now = duty;
                long on = Math.round(period * now / 100);
                if (now == 0 || now == 100) {
                    level(now == 100);
                    waitUntil(self, System.nanoTime() + TimeUnit.SECONDS.toNanos(1), now);
                    begin = System.nanoTime();
                } else {
                    level(true);
                    waitUntil(self, begin + on, now);
                    if (thread == self) {
                        level(false);
                        waitUntil(self, begin + period, now);
                    }
                    begin = Math.max(begin + period, System.nanoTime() - period);
                }
            }
        } catch (DriverException e) {
            failure = e;
        }
    }

    private void waitUntil(Thread self, long time, double steady) {
        boolean constant = steady == 0 || steady == 100;
        for (long left = time - System.nanoTime();
                left > 0 && thread == self && !(constant && duty != steady);
                left = time - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public Reading read(PointId point) throws DriverException {
        DriverException failed = failure;
        if (failed != null || !held()) {
            throw new DriverException(Reason.CONNECTION, "line " + settings().name + " is not switched now", failed);
        }
        return Reading.good(point, Value.of(duty));
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        read(point); // fails if nobody would hear of the new value
        if (value instanceof DecimalValue given && given.value() >= 0 && given.value() <= 100) {
            duty = given.value();
            LockSupport.unpark(thread);
            return read(point);
        }
        throw new DriverException(Reason.OUT_OF_RANGE, point + " takes 0 to 100, not " + value);
    }

    @Override
    public void drop() {
        endThread();
        super.drop();
    }

    private void endThread() {
        Thread ends = thread;
        thread = null;
        if (ends != null) {
            LockSupport.unpark(ends);
            try {
                ends.join(JOIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the line is left at: a duty cycle cannot be kept without the thread, so it is on from 50 %. */
    @Override
    public void close() {
        endThread();
        if (held() && settings().stop == LineSettings.Stop.SAFE) {
            try {
                level(settings().safe() instanceof DecimalValue safe && safe.value() >= 50);
            } catch (DriverException e) {
                LOG.error("line {} could not be set to its safe level: {}", settings().name, e.getMessage());
            }
        }
        super.close();
    }
}
