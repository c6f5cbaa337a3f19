package io.fieldgate.driver.gpio;

import com.diozero.internal.provider.builtin.gpio.GpioLineEventListener;
import com.diozero.util.FileNative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for edges of all inputs, on one thread: the native loop keeps its state in global variables, so there is one for this
 * bundle. It starts with the first input and ends with the last.
 *
 * <p>The native loop reads from each descriptor that it was told of, so none may be closed before the loop is done with all
 * that it was told: {@link #remove} takes the descriptor out, then has the loop woken twice. What wakes it is a file that can
 * always be read.
 *
 * <p>The native stop is not used. It waits for ever if the loop does not run, closes what the loop waits on while it may still
 * wait, and leaves behind the number of a descriptor: a line that gets the same number later would end the loop with each edge
 * and never be told. Instead the loop is given a descriptor that is ready but cannot be read, which ends it. It writes one line
 * to standard error then.
 */
final class EdgeLoop {

    /** Takes the level after an edge and the kernel's time of it, in nanoseconds. */
    interface Sink {
        void edge(boolean level, long nanos);
    }

    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);
    private static final String ALWAYS_READABLE = "/proc/self/mounts";
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int RISING = 1;
    private static final long LIMIT_S = 5;

    private final Map<Integer, Sink> sinks = new ConcurrentHashMap<>();
    private final Object wakes = new Object();
    private int epoll; // guarded by this
    private volatile Thread thread; // written under this
    private int wakeDescriptor = -1; // guarded by wakes
    private final List<CountDownLatch> waiting = new ArrayList<>(); // guarded by wakes

    /** Begins to listen. */
    synchronized boolean add(int descriptor, Sink sink) {
        if (thread == null && !start()) {
            return false;
        }
        sinks.put(descriptor, sink);
        if (Native.add(epoll, descriptor) >= 0) {
            return true;
        }
        remove(descriptor);
        return false;
    }

    private boolean start() {
        epoll = Native.epoll();
        if (epoll < 0) {
            return false;
        }
        int waitsOn = epoll;
        thread = new Thread(() -> run(waitsOn), "fieldgate-gpio-edges");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        return true;
    }

    /** Ends to listen; when this returns the descriptor can be closed, and its sink is not called any more. */
    synchronized void remove(int descriptor) {
        if (sinks.remove(descriptor) == null) {
            return;
        }
        Native.remove(epoll, descriptor);
        boolean runs = Thread.currentThread() == thread || passed(2);
        if (!runs) {
            LOG.warn("the thread that waits for edges does not answer for {} s", LIMIT_S);
        } else if (sinks.isEmpty() && Thread.currentThread() != thread) {
            stop();
        }
    }

    /** Waits until the loop has begun anew so many times. */
    private boolean passed(int times) {
        try {
            CountDownLatch latch = new CountDownLatch(times);
            synchronized (wakes) {
                waiting.add(latch);
                if (wakeDescriptor < 0) {
                    wakeDescriptor = FileNative.open(ALWAYS_READABLE, CLOSE_ON_EXEC);
                    Native.add(epoll, wakeDescriptor);
                }
            }
            return latch.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stop() {
        Thread ends = thread;
        thread = null;
        int ready = FileNative.open(ALWAYS_READABLE, CLOSE_ON_EXEC);
        int unreadable = Native.epoll();
        Native.add(unreadable, ready);
        Native.add(epoll, unreadable);
        try {
            ends.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ends.isAlive()) {
            LOG.warn("the thread that waits for edges has not ended within {} s", LIMIT_S);
        } else {
            Native.close(epoll);
            Native.close(unreadable);
            Native.close(ready);
        }
    }

    private void run(int waitsOn) {
        GpioLineEventListener listener = (descriptor, edge, millis, nanos) -> event(waitsOn, descriptor, edge, nanos);
        do {
            Native.loop(waitsOn, listener);
        } while (thread == Thread.currentThread() && pause());
    }

    /** The loop ends by itself if a chip vanishes, whose lines are then given up, or by a signal. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void event(int waitsOn, int descriptor, int edge, long nanos) {
        try {
            if (!woken(waitsOn, descriptor)) {
                Sink sink = sinks.get(descriptor);
                if (sink != null) {
                    sink.edge(edge == RISING, nanos);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("an edge is lost", e); // native code cannot bear an exception
        }
    }

    private boolean woken(int waitsOn, int descriptor) {
        synchronized (wakes) {
            if (descriptor != wakeDescriptor) {
                return false;
            }
            waiting.forEach(CountDownLatch::countDown);
            waiting.removeIf(latch -> latch.getCount() == 0);
            if (waiting.isEmpty()) {
                Native.remove(waitsOn, wakeDescriptor);
                Native.close(wakeDescriptor);
                wakeDescriptor = -1;
            }
            return true;
        }
    }
}
