package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.driver.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Starts and stops one instance of a driver after another, and says what they leave behind in this process. */
final class ManyLives {

    /** Lives before anything is counted: the first ones load classes and libraries, which stay. */
    private static final int WARM_UP = 5;

    /** So many of what is left are named in a message. */
    private static final int NAMED = 8;

    private final Callable<Driver> driver;
    private final Duration limit;

    ManyLives(Callable<Driver> driver, Duration limit) {
        this.driver = driver;
        this.limit = limit;
    }

    /** Fails if threads or descriptors have become more. */
    void leaveNothing(int lives) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            live();
        }
        Set<Thread> threads = Threads.alive();
        Map<String, Integer> files = OpenFiles.now();
        for (int i = 0; i < lives; i++) {
            live();
        }
        assertNone(
                Threads.outlive(threads, limit).stream().map(Thread::getName).toList(),
                " threads are left after " + lives + " lives: end what start has begun before stop returns");
        assertNone(
                OpenFiles.outlive(files, limit),
                " file descriptors are left open after " + lives + " lives: close what start or read has opened");
    }

    private void live() throws Exception {
        DriverUnderTest life = new DriverUnderTest(driver.call(), limit);
        try {
            life.start();
            List<PointId> points = life.points().stream()
                    .filter(point -> point.access().readable())
                    .map(PointInfo::id)
                    .toList();
            if (!points.isEmpty()) {
                life.read(points);
            }
            life.stop();
        } finally {
            life.stopIfItRuns();
        }
    }

    private static void assertNone(List<String> left, String complaint) {
        assertEquals(List.of(), left.subList(0, Math.min(NAMED, left.size())), left.size() + complaint);
    }
}
