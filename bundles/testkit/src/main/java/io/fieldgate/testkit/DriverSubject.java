package io.fieldgate.testkit;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverId;
import java.time.Duration;
import java.util.Optional;

/** What the author of a driver tells {@link DriverContract} of it. */
abstract class DriverSubject {

    /**
     * Makes a driver as the gateway would have it, on hardware, or a fake of it, that is there and answers.
     *
     * @return a new driver at each call, not started; two of one test use the same hardware, one after the other
     * @throws Exception if it cannot be made; the test fails
     */
    protected abstract Driver driver() throws Exception;

    /**
     * Makes a driver whose hardware is not there.
     *
     * @return a new driver that cannot start, or empty, as unless overridden, if there is no such thing
     * @throws Exception if it cannot be made; the test fails
     */
    protected Optional<Driver> brokenDriver() throws Exception {
        return Optional.empty();
    }

    /**
     * The id that the driver is published with.
     *
     * @return unless overridden, what its bundle says of the component: {@link DriverId} in {@code OSGI-INF} on the class path.
     *     To be overridden if the id comes from the configuration
     * @throws Exception if it cannot be found out; the test fails
     */
    protected String driverId() throws Exception {
        return Component.of(driver().getClass())
                .map(component -> component.properties().get(DriverId.NAME))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .orElseThrow(
                        () -> new AssertionError(
                                "there is no component with " + DriverId.NAME
                                        + " on the class path: annotate it with @DriverId, or override driverId() if the id is configured"));
    }

    /**
     * What may be written to a point by the tests.
     *
     * @param point a writable point
     * @return a value that does no harm, or empty if the point must not be written, its ends neither; unless overridden
     *     false, the least number, an empty text or no octets
     */
    protected Optional<Value> valueFor(PointInfo point) {
        return Optional.of(PointValues.harmless(point));
    }

    /** Makes the hardware say something by itself, for a driver that pushes. Unless overridden, nothing. */
    protected void stir() {}

    /** Waits until threads of the driver's own have done what the hardware gave them to do. Unless overridden, nothing. */
    protected void settle() {}

    /**
     * How long one call may take, and threads may take to end.
     *
     * @return unless overridden, 10 s, which is what the gateway waits
     */
    protected Duration limit() {
        return Duration.ofSeconds(10);
    }

    /**
     * How often the driver is made, started, read and stopped to see that it leaves nothing behind. All of it has 400 s.
     *
     * @return unless overridden, what the system property {@code fieldgate.contract.lives} says, or 1,000
     */
    protected int lives() {
        return Integer.getInteger("fieldgate.contract.lives", 1000);
    }
}
