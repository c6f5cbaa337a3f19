package io.fieldgate.core;

import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.pushed;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Points.Mode;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        ForeignLoader.awaitUnloaded(comeAndGo());
    }

    @Test
    void holdsNothingOfABundleThatObservedAndHasGone() throws Exception {
        ForeignLoader.awaitUnloaded(observeAndGo());
        Recorder recorder = new Recorder();
        rig.points.observe(PointRig.ALL, Mode.EVERY, OptionalLong.empty(), recorder);
        linux.context.publish(List.of(Reading.good(id("linux/cpu/load"), Value.of(1.0))));
        rig.until(() -> recorder.samples().size() > 1);
    }

    @Test
    void holdsNothingOfABundleThatHasGoneWhileADriverHangsInItsCall() throws Exception {
        linux.onRead = FakeDriver.hangs(release);

        ForeignLoader.awaitUnloaded(observeAndGo());
    }

    @Test
    void holdsNothingOfABundleWhoseCallIsAnsweredAfterItHasGone() throws Exception {
        linux.onRead = FakeDriver.hangs(release);
        WeakReference<ClassLoader> loader = observeAndGo();

        release.countDown();
        rig.untilQuality("linux/cpu/load", Quality.GOOD);

        ForeignLoader.awaitUnloaded(loader);
    }

    // In methods of their own, so that no local variable of a test holds the loader.
    private WeakReference<ClassLoader> comeAndGo() throws Exception {
        ForeignLoader loader = new ForeignLoader(ForeignDriver.class);
        ServiceReference<Driver> reference = rig.come("sim", 0, loader.make(Driver.class));
        rig.until(() -> rig.points
                .latest(id("sim/tank/level"))
                .flatMap(Sample::value)
                .filter(Value.of(2.0)::equals)
                .isPresent());
        rig.gateway.unbindDriver(reference);
        return new WeakReference<>(loader);
    }

    private WeakReference<ClassLoader> observeAndGo() throws Exception {
        ForeignLoader loader = new ForeignLoader(ForeignHandler.class);
        PointsService points = new PointsService(rig.gateway, "foreign");
        assertTrue(handler(loader).apply(points).await(10, TimeUnit.SECONDS));
        points.close();
        return new WeakReference<>(loader);
    }

    // Nothing but the name ties the class to its type: it comes from another loader.
    @SuppressWarnings("unchecked")
    private static Function<Points, CountDownLatch> handler(ForeignLoader loader) {
        return loader.make(Function.class);
    }
}
