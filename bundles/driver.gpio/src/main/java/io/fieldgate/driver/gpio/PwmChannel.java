package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An output by pulse width, made by a thread: as exact as the machine's scheduling, which is some 0.1 ms on a quiet one. For lamps and
 * heaters, not for servos.
 */
final class PwmChannel extends Channel {

    private static final Logger LOG = LoggerFactory.getLogger(PwmChannel.class);
    private static final double FULL = 100;
    private static final long END_MS = 1_000;

    private final Runnable whenLost;
    private volatile double duty;
    // Guarded by this.
    private Thread thread;

    PwmChannel(LineSettings settings, Runnable whenLost) {
        super(settings);
        this.whenLost = whenLost;
        duty = settings.initial();
    }

    @Override
    Chips.Line take(Chips.Chip chip, int number) throws IOException {
        Chips.Line line = chip.output(number, high(false));
        thread = new Thread(
                () -> pulse(line),
                "fieldgate-gpio-pwm-" + settings().point().id().name());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        return line;
    }

    private boolean high(boolean active) {
        return active != settings().activeLow();
    }

    private void pulse(Chips.Line line) {
        long begin = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long on = (long) (settings().periodNanos() * duty / FULL);
                if (on > 0) {
                    line.set(high(true));
                    parkUntil(begin + on);
                }
                if (on < settings().periodNanos()) {
                    line.set(high(false));
                }
                begin += settings().periodNanos();
                parkUntil(begin);
                // After a pause of the machine there is nothing to be caught up with.
                begin = Math.max(begin, System.nanoTime() - settings().periodNanos());
            }
        } catch (IOException e) {
            whenLost.run();
        }
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    void ended(Chips.Line held) {
        Thread pulsing;
        synchronized (this) {
            pulsing = thread;
            thread = null;
        }
        duty = settings().safe();
        try {
            pulsing.interrupt();
            if (Thread.currentThread() != pulsing) {
                pulsing.join(END_MS);
            }
            // Without a thread there is no pulse: from half of it upwards, on.
            held.set(high(settings().safe() >= FULL / 2));
        } catch (IOException e) {
            LOG.error(
                    "{} could not be set to its safe level: {}",
                    settings().point().id(),
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    Value value(PointId point) throws IOException {
        line().get();
        return Value.of(duty);
    }

    @Override
    synchronized void write(Value value) throws IOException {
        line();
        duty = ((Value.DecimalValue) value).value();
    }
}
