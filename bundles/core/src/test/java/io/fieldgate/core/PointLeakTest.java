package io.fieldgate.core;

import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.pushed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Points.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;

/** A bundle that has gone is garbage: its class loader clears while the gateway goes on. */
class PointLeakTest {

    private final PointRig rig = new PointRig();
    private final FakeDriver linux = FakeDriver.with(pushed("linux/cpu/load"));
    private final CountDownLatch release = new CountDownLatch(1);

    /** Loads the classes of a bundle, and nothing else, by itself. */
    private static final class BundleLoader extends ClassLoader {

        BundleLoader() {
            super(PointLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.fieldgate.core.Foreign")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        <T> T make(String name, Class<T> type) throws ReflectiveOperationException {
            return type.cast(loadClass(name).getConstructor().newInstance());
        }
    }

    @BeforeEach
    void start() {
        rig.up("linux", linux);
    }

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void holdsNothingOfADriverThatHasGone() throws Exception {
        assertCleared(comeAndGo());
    }

    @Test
    void holdsNothingOfABundleThatObservedAndHasGone() throws Exception {
        assertCleared(observeAndGo());
        Recorder recorder = new Recorder();
        rig.points.observe(PointRig.ALL, Mode.EVERY, OptionalLong.empty(), recorder);
        linux.context.publish(List.of(Reading.good(id("linux/cpu/load"), Value.of(1.0))));
        rig.until(() -> recorder.samples().size() > 1);
    }

    @Test
    void holdsNothingOfABundleThatHasGoneWhileADriverHangsInItsCall() throws Exception {
        linux.onRead = FakeDriver.hangs(release);

        assertCleared(observeAndGo());
    }

    @Test
    void holdsNothingOfABundleWhoseCallIsAnsweredAfterItHasGone() throws Exception {
        linux.onRead = FakeDriver.hangs(release);
        WeakReference<ClassLoader> loader = observeAndGo();

        release.countDown();
        rig.untilQuality("linux/cpu/load", Quality.GOOD);

        assertCleared(loader);
    }

    @Test
    void holdsNothingOfWhoeverIsOnTheStackWhenAThreadIsMade() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        WeakReference<ClassLoader> loader = onTheStack(() -> {
            thread.set(CleanThreads.daemon("fieldgate-test", this::waitForRelease));
            thread.get().start();
        });

        assertCleared(loader);
        assertTrue(thread.get().isAlive());
    }

    // In methods of their own, so that no local variable of a test holds the loader.
    private WeakReference<ClassLoader> comeAndGo() throws Exception {
        BundleLoader loader = new BundleLoader();
        ServiceReference<Driver> reference =
                rig.come("sim", 0, loader.make("io.fieldgate.core.ForeignDriver", Driver.class));
        rig.until(() -> rig.points
                .latest(id("sim/tank/level"))
                .flatMap(Sample::value)
                .filter(Value.of(2.0)::equals)
                .isPresent());
        rig.gateway.unbindDriver(reference);
        return new WeakReference<>(loader);
    }

    private WeakReference<ClassLoader> observeAndGo() throws Exception {
        BundleLoader loader = new BundleLoader();
        PointsService points = new PointsService(rig.gateway, "foreign");
        assertTrue(handler(loader).apply(points).await(10, TimeUnit.SECONDS));
        points.close();
        return new WeakReference<>(loader);
    }

    // The compiler cannot know that it consumes tasks.
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> onTheStack(Runnable work) throws ReflectiveOperationException {
        BundleLoader loader = new BundleLoader();
        loader.make("io.fieldgate.core.ForeignCaller", Consumer.class).accept(work);
        return new WeakReference<>(loader);
    }

    private void waitForRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Nothing but the name ties the class to its type: it comes from another loader.
    @SuppressWarnings("unchecked")
    private static Function<Points, CountDownLatch> handler(BundleLoader loader) throws ReflectiveOperationException {
        return loader.make("io.fieldgate.core.ForeignHandler", Function.class);
    }

    private static void assertCleared(WeakReference<ClassLoader> loader) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    System.gc();
                    return loader.refersTo(null);
                });
    }
}
