package io.fieldgate.driver.gpio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.diozero.util.FileNative;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the native library, and for a line a file that always has something to read. */
@Timeout(120)
class EdgeLoopTest {

    private final EdgeLoop loop = new EdgeLoop();

    @BeforeAll
    static void loads() throws Exception {
        NativeLibrary.load();
    }

    @Test
    void tellsOfEdgesUntilTheLineIsRemoved() {
        AtomicInteger edges = new AtomicInteger();
        int line = line();
        assertTrue(loop.add(line, (level, nanos) -> edges.incrementAndGet()));
        await().atMost(10, SECONDS).until(() -> edges.get() > 100);

        loop.remove(line);

        int then = edges.get();
        assertEquals(0, threads());
        Native.close(line);
        assertEquals(then, edges.get());
    }

    @Test
    void keepsListeningToTheOthers() {
        AtomicInteger edges = new AtomicInteger();
        int one = line();
        int other = line();
        assertTrue(loop.add(one, (level, nanos) -> {}));
        assertTrue(loop.add(other, (level, nanos) -> edges.incrementAndGet()));

        loop.remove(one);
        Native.close(one);
        int then = edges.get();
        await().atMost(10, SECONDS).until(() -> edges.get() > then + 100);

        loop.remove(other);
        Native.close(other);
        assertEquals(0, threads());
    }

    @Test
    void aSinkThatThrowsLosesOnlyItsEdge() {
        AtomicInteger edges = new AtomicInteger();
        int line = line();
        assertTrue(loop.add(line, (level, nanos) -> {
            if (edges.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
        }));
        await().atMost(10, SECONDS).until(() -> edges.get() > 10);
        loop.remove(line);
        Native.close(line);
    }

    @Test
    void startsAndEndsAThousandTimes() {
        for (int i = 0; i < 1000; i++) {
            int line = line();
            assertTrue(loop.add(line, (level, nanos) -> {}));
            loop.remove(line);
            Native.close(line);
        }
        assertEquals(0, threads());
    }

    private static int line() {
        int descriptor = FileNative.open("/proc/self/mounts", 0x80000);
        assertTrue(descriptor > 0);
        return descriptor;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fieldgate-gpio-edges"))
                .count();
    }
}
